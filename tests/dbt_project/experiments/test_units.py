"""Who is counted in an arm, and what of what they did."""

from tests.dbt_project.experiments.lab import Lab

BANNER = (
    "{name: banner, type: ad_creative, status: running, started_at: 2026-03-01, goal: purchase, "
    "primary_metric: revenue, variants: [{name: a, split: 0.5, is_control: true}, "
    "{name: b, split: 0.5}]"
)


def arms(lab: Lab, metric: str = "revenue") -> dict[str, tuple[float, float, float, float]]:
    rows = lab.rows(
        "select variant, sum(units), sum(numerator), sum(numerator_squares), sum(covariate) "
        f"from experiments.fct_arms where dimension = 'all' and metric = '{metric}' group by 1"
    )
    return {row[0]: row[1:] for row in rows}


def test_a_unit_counts_once_from_its_first_exposure_for_the_window(lab: Lab):
    lab.define(BANNER + ", conversion_window_days: 7}")
    lab.expose("banner", "v1", "a", "2026-03-05 12:00:00")
    lab.expose("banner", "v1", "a", "2026-03-03 12:00:00")
    lab.convert("2026-03-03 11:59:59", 1, visitor="v1")
    lab.convert("2026-03-03 12:00:00", 20, visitor="v1")
    lab.convert("2026-03-10 11:59:59", 300, visitor="v1")
    lab.convert("2026-03-10 12:00:00", 4000, visitor="v1")
    lab.build()
    # The square of what the unit spent in all, and before its exposure the covariate.
    assert arms(lab) == {"a": (1, 320, 320**2, 1)}
    assert lab.rows("select distinct date::varchar from experiments.fct_arms") == [("2026-03-03",)]


def test_what_came_before_the_covariate_days_is_forgotten(lab: Lab):
    lab.define(BANNER + "}", settings="experiments: {covariate_days: 2}\n")
    lab.expose("banner", "v1", "a", "2026-03-05 12:00:00")
    lab.convert("2026-03-03 12:00:00", 5, visitor="v1")
    lab.convert("2026-03-03 11:59:59", 70, visitor="v1")
    lab.build()
    assert arms(lab)["a"] == (1, 0, 0, 5)


def test_a_unit_of_two_variants_is_in_none_and_told(lab: Lab):
    lab.define(BANNER + "}")
    for unit, variant in (("v1", "a"), ("v2", "b"), ("v3", "a"), ("v3", "b"), ("v4", "c")):
        lab.expose("banner", unit, variant, "2026-03-05 12:00:00")
        lab.convert("2026-03-06 12:00:00", 10, visitor=unit)
    lab.build()
    assert arms(lab) == {"a": (1, 10, 100, 0), "b": (1, 10, 100, 0)}
    told = lab.rows(
        "select exposed_units, counted_units, excluded_units, unknown_variant_units "
        "from experiments.dim_experiments"
    )
    assert told == [(4, 2, 1, 1)]
    result = lab.result("banner")
    assert (result["excluded_units"], result["unknown_variant_units"]) == (1, 1)


def test_a_second_variant_seen_outside_the_experiment_excludes_nobody(lab: Lab):
    lab.define(BANNER + ", ended_at: 2026-03-10}")
    lab.expose("banner", "v1", "b", "2026-02-28 23:59:59")
    lab.expose("banner", "v1", "a", "2026-03-10 23:59:59")
    lab.expose("banner", "v1", "b", "2026-03-11 00:00:00")
    lab.build()
    assert arms(lab)["a"][0] == 1


def test_days_are_the_workspaces(lab: Lab):
    lab.define(BANNER + "}", settings="timezone: America/New_York\n")
    lab.expose("banner", "v1", "a", "2026-03-01 04:59:59")
    lab.expose("banner", "v2", "a", "2026-03-01 05:00:00")
    lab.expose("banner", "v3", "a", "2026-03-06 04:59:59")
    lab.build()
    dates = lab.rows("select date::varchar, units from experiments.fct_arms order by 1")
    assert dates == [("2026-03-01", 1), ("2026-03-05", 1)]


def test_conversions_count_to_the_end_and_no_longer(lab: Lab):
    lab.define(BANNER.replace("running", "completed") + ", ended_at: 2026-03-10}")
    lab.expose("banner", "v1", "a", "2026-03-09 12:00:00")
    lab.convert("2026-03-10 23:59:59", 1, visitor="v1")
    lab.convert("2026-03-11 00:00:01", 20, visitor="v1")
    lab.build()
    before = arms(lab)
    assert before["a"][1] == 1
    lab.build("2026-06-30")
    assert arms(lab) == before
    assert lab.rows("select days_running from experiments.dim_experiments") == [(10,)]


def test_a_paused_experiment_is_looked_at_up_to_the_pause(lab: Lab):
    lab.define(BANNER.replace("running", "paused") + ", paused_at: 2026-03-08T12:00:00Z}")
    lab.expose("banner", "v1", "a", "2026-03-08 11:00:00")
    lab.expose("banner", "v2", "a", "2026-03-08 13:00:00")
    lab.convert("2026-03-08 11:30:00", 1, visitor="v1")
    lab.convert("2026-03-08 12:30:00", 20, visitor="v1")
    lab.build()
    assert arms(lab)["a"][:2] == (1, 1)


def test_what_ended_without_a_date_ends_with_its_last_exposure_and_the_window(lab: Lab):
    experiment = BANNER.replace("running", "completed") + ", conversion_window_days: 2}"
    lab.define(experiment)
    lab.expose("banner", "v1", "a", "2026-03-05 12:00:00")
    lab.build()
    until = lab.rows("select measured_until::varchar from experiments.dim_experiments")
    assert until == [("2026-03-07 12:00:00",)]


def test_customers_are_units_by_their_id(lab: Lab):
    lab.define(BANNER + ", unit: customer}")
    lab.expose("banner", "cus_1", "a", "2026-03-05 12:00:00")
    lab.convert("2026-03-06 12:00:00", 10, visitor="v1", person="cus_1")
    lab.convert("2026-03-06 12:00:00", 70, visitor="cus_1", person="cus_2")
    lab.build()
    assert arms(lab)["a"][1] == 10


def test_an_order_without_a_browser_is_laid_to_the_one_its_person_used_last(lab: Lab):
    lab.define(BANNER + "}", settings="experiments: {winsorising_quantile: 1}\n")
    lab.expose("banner", "v1", "a", "2026-03-05 12:00:00")
    lab.expose("banner", "v2", "b", "2026-03-05 12:00:00")
    for visitor, since in (("v1", "2026-03-01"), ("v2", "2026-03-07"), ("v3", "2026-03-20")):
        lab.insert("intermediate.int_visitor_intervals", (visitor, "cus_1", since, "9999-12-31"))
    lab.convert("2026-03-06 12:00:00", 10, person="cus_1")
    lab.convert("2026-03-08 12:00:00", 200, person="cus_1")
    lab.build()
    assert (arms(lab)["a"][1], arms(lab)["b"][1]) == (10, 200)


def test_only_the_goal_counts_and_without_one_every_purchase(lab: Lab):
    goals = (
        "goals:\n  - {name: purchase, conversion_type: purchase, on: order, value: total}\n"
        "  - {name: gift, conversion_type: purchase, on: order, value: total}\n"
        "  - {name: news, conversion_type: lead_form_submission, on: form, value: 5}\n"
    )
    metrics = "primary_metric: conversion_rate, guardrail_metrics: [revenue, leads]"
    plain = BANNER.replace("primary_metric: revenue", metrics) + "}"
    every = plain.replace("name: banner", "name: every").replace("goal: purchase, ", "")
    lead = plain.replace("name: banner", "name: lead").replace("goal: purchase", "goal: news")
    lab.define(plain, every, lead, goals=goals, settings="experiments: {winsorising_quantile: 1}\n")
    for experiment in ("banner", "every", "lead"):
        lab.expose(experiment, "v1", "a", "2026-03-05 12:00:00")
    lab.convert("2026-03-06 12:00:00", 10, visitor="v1", goal="purchase")
    lab.convert("2026-03-06 12:00:00", 200, visitor="v1", goal="gift")
    for day in (6, 7):
        lab.convert(
            f"2026-03-0{day} 12:00:00", 5, visitor="v1", goal="news", kind="lead_form_submission"
        )
    lab.build()
    sums = lab.rows(
        "select experiment, metric, numerator from experiments.fct_arms order by experiment, metric"
    )
    assert sums == [
        ("banner", "conversion_rate", 1), ("banner", "leads", 2), ("banner", "revenue", 10),
        ("every", "conversion_rate", 1), ("every", "leads", 2), ("every", "revenue", 210),
        ("lead", "conversion_rate", 1), ("lead", "leads", 2), ("lead", "revenue", 10),
    ]  # fmt: skip


def test_clicks_are_divided_by_impressions_of_the_same_units(lab: Lab):
    lab.define(BANNER.replace("primary_metric: revenue", "primary_metric: ctr") + "}")
    lab.expose("banner", "v1", "a", "2026-03-05 12:00:00")
    lab.expose("banner", "v2", "a", "2026-03-05 12:00:00")
    for number, (kind, visitor, day) in enumerate(
        (
            ("impression", "v1", 5),
            ("impression", "v1", 6),
            ("ad_click", "v1", 6),
            ("impression", "v2", 6),
            ("page_view", "v2", 6),
            ("impression", "v2", 4),
        )
    ):
        lab.insert(
            "staging.stg_web__events",
            (str(number), kind, visitor, None, f"2026-03-0{day} 12:00:00"),
        )
    lab.build()
    sums = lab.rows(
        "select units, numerator, denominator, denominator_squares, numerator_denominator "
        "from experiments.fct_arms"
    )
    assert sums == [(2, 1, 3, 2**2 + 1, 2)]


def test_costs_of_units_are_not_known_and_nothing_is_made_up(lab: Lab):
    lab.define(BANNER.replace("primary_metric: revenue", "primary_metric: cpc") + "}")
    lab.expose("banner", "v1", "a", "2026-03-05 12:00:00")
    lab.expose("banner", "v2", "b", "2026-03-05 12:00:00")
    lab.build()
    result = lab.result("banner")
    assert (result["control_value"], result["p_value"], result["winner"]) == (None, None, None)
    assert result["why_not"]


def test_a_unit_is_what_it_was_when_it_was_exposed(lab: Lab):
    lab.define(BANNER + ", dimensions: [country, customer_type, device]}")
    lab.expose("banner", "v1", "a", "2026-03-05 12:00:00")
    lab.expose("banner", "v2", "b", "2026-03-05 12:00:00")
    for session, country, at in (
        ("s1", "DE", "2026-03-01 12:00:00"),
        ("s2", "FR", "2026-03-05 12:00:30"),
        ("s3", "US", "2026-03-05 12:01:30"),
    ):
        lab.insert(
            "attribution.fct_touchpoints", (session, "v1", "p", country, None, "email", "/", at)
        )
    lab.convert("2025-01-01 12:00:00", 10, visitor="v1")
    lab.convert("2026-03-06 12:00:00", 30, visitor="v1")
    lab.build()
    split = lab.rows(
        "select variant, dimension, dimension_value, units, numerator "
        "from experiments.fct_arms where dimension <> 'all' order by all"
    )
    assert split == [
        ("a", "country", "FR", 1, 30), ("a", "customer_type", "returning", 1, 30),
        ("a", "device", "unknown", 1, 30), ("b", "country", "unknown", 1, 0),
        ("b", "customer_type", "new", 1, 0), ("b", "device", "unknown", 1, 0),
    ]  # fmt: skip
    assert lab.rows("select count(*) from experiments.dimension_results")[0][0] == 5
    assert lab.rows("select count(*) from experiments.results") == [(1,)]


def test_revenue_is_cut_off_at_a_quantile_of_those_who_spent(lab: Lab):
    lab.define(BANNER + "}", settings="experiments: {winsorising_quantile: 0.75}\n")
    for number in range(10):
        lab.expose("banner", f"v{number}", "ab"[number % 2], "2026-03-05 12:00:00")
    for number, value in enumerate((10, 20, 30, 1000)):
        lab.convert("2026-03-06 12:00:00", value, visitor=f"v{number}")
    lab.build()
    # By hand: place 1 + 0.75 x 3 = 3.25 of 10, 20, 30, 1000.
    assert lab.rows("select distinct winsorised_at from experiments.fct_arms") == [(272.5,)]
    assert (arms(lab)["a"][1], arms(lab)["b"][1]) == (40, 292.5)
    result = lab.result("banner")
    assert (result["raw_control_value"], result["raw_treatment_value"]) == (8, 204)
    assert (result["control_value"], result["treatment_value"]) == (8, 58.5)
