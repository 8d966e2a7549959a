"""What each rule gives, in journeys small enough to work out by hand."""

import math
from collections.abc import Callable

import pytest

from tests.dbt_project.attribution.models import Shop

RULES = (
    "first_touch",
    "last_touch",
    "last_non_direct",
    "linear",
    "time_decay",
    "position_based",
)
MODELS = (*RULES, "markov", "shapley")


def journey(shop: Shop, *channels: str, person: str = "p", day: int = 1) -> None:
    """A touch a day, and a conversion at noon of the day after the last."""
    for number, channel in enumerate(channels):
        shop.touch(f"{person}{number}", person, f"2026-01-{day + number:02} 12:00:00", channel)
    shop.convert(f"c-{person}", person, f"2026-01-{day + len(channels):02} 12:00:00")


def test_four_touches_are_credited_as_each_rule_says(shop: Shop):
    journey(shop, "email", "paid_search", "referral", "direct")
    shop.attribute(half_life_days=1.0)
    weights = {"email": 1, "paid_search": 2, "referral": 4, "direct": 8}
    expected = {
        "first_touch": {"email": 1},
        "last_touch": {"direct": 1},
        "last_non_direct": {"referral": 1},
        "linear": dict.fromkeys(weights, 0.25),
        "time_decay": {channel: weight / 15 for channel, weight in weights.items()},
        "position_based": {"email": 0.4, "paid_search": 0.1, "referral": 0.1, "direct": 0.4},
    }
    for model, shares in expected.items():
        complete = {**dict.fromkeys(weights, 0), **shares}
        assert shop.credit(model, "channel") == pytest.approx(complete, abs=1e-12), model
    positions = shop.rows(
        "select touch_position, touch_index, touch_count from attribution.fct_credits "
        "where attribution_model = 'linear' order by touch_index"
    )
    assert positions == [("first", 1, 4), ("middle", 2, 4), ("middle", 3, 4), ("last", 4, 4)]


def test_two_touches_share_what_first_and_last_weigh(new_shop: Callable[[], Shop]):
    for weights, first in (((0.4, 0.2, 0.4), 0.5), ((0.6, 0.2, 0.2), 0.75), ((0, 0.2, 0.8), 0)):
        shop = new_shop()
        journey(shop, "email", "referral")
        shop.attribute(position_weights=weights)
        assert shop.credit("position_based", "channel") == pytest.approx(
            {"email": first, "referral": 1 - first}
        )


def test_a_single_touch_takes_all(shop: Shop):
    journey(shop, "email")
    shop.attribute()
    for model in MODELS:
        assert shop.credit(model, "channel") == {"email": 1}
    assert shop.rows("select distinct touch_position from attribution.fct_credits") == [("only",)]


def test_the_decay_constant_is_the_other_form_of_the_half_life(new_shop: Callable[[], Shop]):
    shop = new_shop()
    journey(shop, "email", "referral")
    shop.attribute(decay_constant_hours=24.0)
    # A day apart, so e times the weight.
    assert shop.credit("time_decay", "channel") == pytest.approx(
        {"email": 1 / (1 + math.e), "referral": math.e / (1 + math.e)}, abs=1e-12
    )
    first = shop.credit("time_decay", "channel")
    shop = new_shop()
    journey(shop, "email", "referral")
    shop.attribute(half_life_days=math.log(2))
    assert shop.credit("time_decay", "channel") == pytest.approx(first, abs=1e-12)


def test_weights_do_not_vanish_however_short_the_half_life(shop: Shop):
    shop.touch("old", "p", "2026-01-01 12:00:00", "email")
    shop.touch("older", "p", "2026-01-01 11:59:00", "referral")
    shop.convert("c", "p", "2026-01-31 11:00:00")
    shop.attribute(half_life_days=1 / 1440)
    assert shop.credit("time_decay", "channel") == pytest.approx(
        {"email": 2 / 3, "referral": 1 / 3}
    )


def test_both_ends_of_the_lookback_count(shop: Shop):
    shop.touch("at_the_start", "p", "2026-01-01 12:00:00", "email")
    shop.touch("a_second_before", "p", "2026-01-01 11:59:59", "sms")
    shop.touch("at_the_end", "p", "2026-01-31 12:00:00", "referral")
    shop.touch("a_second_after", "p", "2026-01-31 12:00:01", "push")
    shop.convert("c", "p", "2026-01-31 12:00:00")
    shop.attribute()
    assert shop.credit("linear", "touchpoint_id") == {"at_the_start": 0.5, "at_the_end": 0.5}


def test_touches_of_the_same_second_are_in_the_order_of_their_ids(shop: Shop):
    for session, channel in (("b", "email"), ("a", "referral"), ("c", "sms")):
        shop.touch(session, "p", "2026-01-05 12:00:00", channel)
    shop.convert("c", "p", "2026-01-05 12:00:00")
    shop.attribute()
    assert shop.credit("first_touch", "touchpoint_id")["a"] == 1
    assert shop.credit("last_touch", "touchpoint_id")["c"] == 1
    # Alike in time, so alike in weight.
    assert set(shop.credit("time_decay", "touchpoint_id").values()) == {1 / 3}


def test_a_conversion_without_a_touch_is_credited_to_nobody(shop: Shop):
    shop.convert("alone", "p", "2026-01-05 12:00:00", 40.0)
    shop.touch("too_late", "q", "2026-01-05 12:00:01", "email")
    shop.convert("before_any", "q", "2026-01-05 12:00:00", 60.0)
    shop.attribute()
    assert shop.rows(
        "select attribution_model, channel, touch_position, touch_index, touch_count, "
        "count(*), sum(credit), sum(credited_value) from attribution.fct_credits "
        "where touchpoint_id is null and campaign_id is null group by all order by 1"
    ) == [(model, "unattributed", None, None, 0, 2, 2, 100) for model in sorted(MODELS)]


def test_several_conversions_of_a_day_each_have_their_touches(shop: Shop):
    shop.touch("s1", "p", "2026-01-05 09:00:00", "email")
    shop.convert("c1", "p", "2026-01-05 10:00:00", 10.0)
    shop.touch("s2", "p", "2026-01-05 11:00:00", "referral")
    shop.convert("c2", "p", "2026-01-05 12:00:00", 20.0)
    shop.convert("c3", "p", "2026-01-05 12:00:00", 40.0)
    shop.attribute()
    assert shop.rows(
        "select channel, sum(credit), sum(credited_value) from attribution.fct_credits "
        "where attribution_model = 'linear' group by 1 order by 1"
    ) == [("email", 2, 40), ("referral", 1, 30)]
    assert shop.rows(
        "select conversion_id from attribution.fct_credits "
        "where attribution_model = 'last_touch' and is_new_customer and credit = 1"
    ) == [("c1",)]


def test_returns_from_payment_pages_earn_nothing(shop: Shop):
    shop.touch("visit", "p", "2026-01-05 11:00:00", "email")
    shop.touch("back", "p", "2026-01-05 11:55:00", "direct", creditable=False)
    shop.convert("c", "p", "2026-01-05 12:00:00")
    shop.attribute()
    assert shop.credit("last_touch", "channel") == {"email": 1}


def test_a_value_that_is_not_known_is_credited_to_nobody(shop: Shop):
    journey(shop, "email", "referral")
    shop.convert("unknown", "p", "2026-01-03 12:00:00", None)
    shop.attribute()
    assert shop.rows(
        "select sum(credit), count(credited_value) from attribution.fct_credits "
        "where conversion_id = 'unknown' and attribution_model = 'linear'"
    ) == [(1, 0)]


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({}, "direct > email > email > direct > sms > email > direct > direct"),
        ({"direct_handling": "only_if_alone"}, "email > email > sms > email"),
        (
            {"remove_if_last_and_not_all": ["direct", "email"]},
            "direct > email > email > direct > sms",
        ),
        ({"path_transform": "exposure"}, "direct > email > direct > sms > email > direct"),
        ({"path_transform": "first"}, "direct > email > sms"),
        ({"max_touches": 3}, "email > direct > direct"),
        (
            {"direct_handling": "only_if_alone", "path_transform": "exposure", "max_touches": 2},
            "sms > email",
        ),
        (
            {"remove_if_last_and_not_all": ["direct"], "path_transform": "first", "max_touches": 2},
            "email > sms",
        ),
    ],
)
def test_path_settings_say_which_touches_count(settings: dict[str, object], path: str, shop: Shop):
    channels = ["direct", "email", "email", "direct", "sms", "email", "direct", "direct"]
    journey(shop, *channels)
    # The same path without a conversion is changed alike.
    for number, channel in enumerate(channels):
        shop.touch(f"q{number}", "q", f"2026-01-{number + 1:02} 12:00:00", channel)
    shop.attribute(**settings)
    assert shop.rows("select path, conversions, non_conversions from attribution.paths") == [
        (path, 1, 1)
    ]
    credited = shop.rows(
        "select string_agg(channel, ' > ' order by touch_index) from attribution.fct_credits "
        "where attribution_model = 'linear'"
    )
    assert credited == [(path,)]


@pytest.mark.parametrize("transform", ["unique", "exposure", "first"])
def test_a_path_of_nothing_else_keeps_what_would_be_removed(transform: str, shop: Shop):
    journey(shop, "direct", "direct")
    shop.attribute(
        direct_handling="only_if_alone",
        remove_if_last_and_not_all=["direct", "email"],
        path_transform=transform,
    )
    assert shop.credit("linear", "channel") == {"direct": 1}


def test_last_non_direct_is_direct_only_when_there_is_nothing_else(new_shop: Callable[[], Shop]):
    shop = new_shop()
    journey(shop, "direct", "direct")
    shop.attribute()
    assert shop.credit("last_non_direct", "touchpoint_id") == {"p0": 0, "p1": 1}


def test_only_attributed_goals_are_credited(shop: Shop):
    shop.connection.execute(
        "create or replace table staging.stg_workspace__goals as from (values "
        "('purchase', true), ('newsletter', false)) as t(goal, is_attributed)"
    )
    journey(shop, "email")
    shop.convert("n", "p", "2026-01-02 12:00:00", 5.0, goal="newsletter")
    shop.attribute()
    assert shop.rows("select distinct goal from attribution.fct_credits") == [("purchase",)]


def test_goals_have_paths_of_their_own(shop: Shop):
    shop.connection.execute(
        "create or replace table staging.stg_workspace__goals as from (values "
        "('purchase', true), ('newsletter', true)) as t(goal, is_attributed)"
    )
    journey(shop, "email", "sms")
    shop.convert("n", "p", "2026-01-01 13:00:00", 5.0, goal="newsletter")
    shop.touch("stranger", "q", "2026-01-01 12:00:00", "referral")
    shop.attribute()
    assert shop.rows(
        "select goal, path, conversions, non_conversions from attribution.paths order by all"
    ) == [
        ("newsletter", "email", 1, 0),
        ("newsletter", "referral", 0, 1),
        ("newsletter", "sms", 0, 1),
        ("purchase", "email > sms", 1, 0),
        ("purchase", "referral", 0, 1),
    ]


def test_an_unconverted_path_is_what_came_last(shop: Shop):
    """Touches long before the last one are another journey, as they are before a conversion."""
    shop.touch("a", "p", "2026-01-01 12:00:00", "email")
    shop.touch("b", "p", "2026-03-01 12:00:00", "sms")
    shop.touch("c", "p", "2026-03-31 12:00:00", "referral")
    shop.convert("c", "q", "2026-03-01 12:00:00")
    shop.attribute()
    assert shop.rows("select path, touches, non_conversions from attribution.paths") == [
        ("sms > referral", 2, 1)
    ]


def test_a_refund_takes_its_share_from_every_touch(shop: Shop):
    journey(shop, "email", "referral")
    shop.attribute()
    before = shop.rows("from intermediate.int_touch_credits order by all")
    shop.connection.execute("update conversions.fct_conversions set value = 70")
    shop.attribute()
    assert shop.rows(
        "select channel, credit, credited_value from attribution.fct_credits "
        "where attribution_model = 'linear' order by 1"
    ) == [("email", 0.5, 35), ("referral", 0.5, 35)]
    # The credits themselves, and what they were computed from, are as they were.
    assert shop.rows("from intermediate.int_touch_credits order by all") == before


def test_conversions_of_several_currencies_are_credited_in_one(shop: Shop):
    """They come converted; one whose rate is missing has no value, and still its credit."""
    shop.touch("s", "p", "2026-01-05 09:00:00", "email")
    for number, value in enumerate((10.0, 9.2, None)):
        shop.convert(f"c{number}", "p", f"2026-01-05 1{number}:00:00", value)
    shop.attribute()
    assert shop.rows(
        "select conversions, revenue, average_order_value from attribution.channel_days "
        "where attribution_model = 'linear'"
    ) == [(3, pytest.approx(19.2), pytest.approx(9.6))]


def test_a_visitor_who_turns_out_to_be_a_customer_brings_their_visits(shop: Shop):
    shop.touch("anonymous", "visitor:7", "2026-01-04 09:00:00", "paid_social")
    shop.touch("known", "p", "2026-01-05 09:00:00", "email")
    shop.convert("c", "p", "2026-01-05 10:00:00")
    shop.attribute()
    digest = "select digest from intermediate.int_attribution_days"
    before = shop.rows(digest)
    assert shop.credit("linear", "channel") == {"email": 1}
    shop.connection.execute("update attribution.fct_touchpoints set person_id = 'p'")
    shop.attribute()
    assert shop.credit("linear", "channel") == {"email": 0.5, "paid_social": 0.5}
    assert shop.rows(digest) != before
