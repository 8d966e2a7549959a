"""Metrics 18 to 20: what messages brought, against persons who were held out of them."""

import pytest
from scipy import stats

from python_assets.experiments.proportions import katz_interval, newcombe_interval
from tests.dbt_project.metrics.models import Shop


def _arm(shop: Shop, arm: str, persons: int, converted: int, value: float = 10.0) -> None:
    """Send to, or hold out, persons of whom the first have converted the day after."""
    event = "held_out" if arm == "held_out" else "delivered"
    shop.connection.execute(f"""
        insert into intermediate.int_messages_identified
        select '{arm}' || i, 'm', 'campaign_{event}', null, {arm == "held_out"},
            timestamp '2026-03-10 08:00:00' from range({persons}) as t(i)
    """)
    shop.connection.execute(f"""
        insert into conversions.fct_conversions
            (person_id, conversion_type, counts_as_revenue, value, converted_date, converted_at)
        select '{arm}' || i, 'purchase', true, {value}, '2026-03-11', '2026-03-11 12:00:00'
        from range({converted}) as t(i)
    """)


def test_increments_and_intervals_of_the_physicians_study(shop: Shop):
    # 104 of 11,037 against 189 of 11,034: Agresti, Categorical Data Analysis, section 2.2.
    _arm(shop, "treated", 11037, 104)
    _arm(shop, "held_out", 11034, 189)
    shop.build()
    lift = shop.figure("holdout_lift")
    assert lift.value == pytest.approx(104 / 11037 - 189 / 11034, rel=1e-12)
    assert lift.denominator == 11037
    newcombe = newcombe_interval(189, 11034, 104, 11037)
    assert shop.column("lower", "holdout_lift") == pytest.approx(float(newcombe.lower), abs=1e-12)
    assert shop.column("upper", "holdout_lift") == pytest.approx(float(newcombe.upper), abs=1e-12)
    assert shop.column("lower", "holdout_lift") == pytest.approx(-0.010775, abs=1e-6)
    assert shop.column("upper", "holdout_lift") == pytest.approx(-0.004702, abs=1e-6)
    # Published: a ratio of 1.82, between 1.43 and 2.31.
    incrementality = shop.figure("incrementality")
    assert incrementality.value == pytest.approx(1 - 1.82, abs=0.005)
    assert incrementality.denominator == 104
    katz = katz_interval(104, 11037, 189, 11034)
    lower, upper = (shop.column(bound, "incrementality") for bound in ("lower", "upper"))
    assert lower == pytest.approx(1 - float(katz.upper), abs=1e-12)
    assert upper == pytest.approx(1 - float(katz.lower), abs=1e-12)
    assert (lower, upper) == (
        pytest.approx(1 - 2.31, abs=0.005),
        pytest.approx(1 - 1.43, abs=0.005),
    )


def test_numbers_worked_by_hand(shop: Shop):
    _arm(shop, "treated", 200, 50)
    _arm(shop, "held_out", 100, 20)
    shop.build()
    # 50 - 20 x 200 / 100 are 10 more: a fifth of those who converted, a twentieth of all.
    assert shop.figure("incrementality") == (0.2, 10.0, 50.0)
    assert shop.figure("holdout_lift") == (0.05, 10.0, 200.0)
    assert shop.column("health", "holdout_lift") == "above"
    note = "200 persons against 100 held out; 0 in both arms left out"
    assert shop.column("note", "incrementality", "campaign m") == note
    assert shop.figure("holdout_lift", "channel email") == (0.05, 10.0, 200.0)


def _welch(treated: list[float], held_out: list[float]) -> tuple[float, float]:
    interval = stats.ttest_ind(treated, held_out, equal_var=False).confidence_interval(0.95)
    return interval.low * len(treated), interval.high * len(treated)


@pytest.mark.parametrize(
    ("treated", "held_out"),
    [((50, 25), (40, 10)), ((30, 10), (30, 0)), ((5000, 900), (31, 6))],
)
def test_net_revenue_has_the_interval_of_welch(
    shop: Shop, treated: tuple[int, int], held_out: tuple[int, int]
):
    _arm(shop, "treated", *treated, value=40)
    _arm(shop, "held_out", *held_out, value=40)
    shop.add("staging.stg_marketing__campaigns", campaign_id="m", cost=100)
    shop.build()
    (n, x), (m, y) = treated, held_out
    expected = 40 * (x - y * n / m) - 100
    assert shop.figure("net_incremental_revenue") == (
        pytest.approx(expected, rel=1e-12),
        pytest.approx(expected, rel=1e-12),
        1.0,
    )
    lower, upper = _welch([40.0] * x + [0.0] * (n - x), [40.0] * y + [0.0] * (m - y))
    # As good as the expansion of the t quantile: 29 degrees of freedom are the fewest.
    close = {"rel": 1e-6, "abs": 1e-3 * n / 1000}
    assert shop.column("lower", "net_incremental_revenue") == pytest.approx(lower - 100, **close)
    assert shop.column("upper", "net_incremental_revenue") == pytest.approx(upper - 100, **close)


def test_who_is_in_both_arms_is_in_neither_and_counted(shop: Shop):
    _arm(shop, "treated", 41, 10)
    _arm(shop, "held_out", 40, 5)
    # Held out of a second message.
    shop.message("treated0", "2026-03-12", "held_out", "n")
    # The same message twice is one person.
    shop.message("treated1", "2026-03-12", "sent", "n")
    shop.build()
    note = "40 persons against 40 held out; 1 in both arms left out"
    assert shop.column("note", "holdout_lift") == note
    assert shop.figure("holdout_lift") == (0.1, 4.0, 40.0)
    # Of the first message alone they were in one arm.
    assert str(shop.column("note", "holdout_lift", "campaign m")).startswith("41 persons")


def test_purchases_count_from_the_message_to_the_end_of_the_window(shop: Shop):
    _arm(shop, "treated", 30, 6)
    _arm(shop, "held_out", 30, 6)
    for person in ("treated9", "held_out9"):
        shop.purchase(person, "2026-03-09")
    shop.purchase("treated10", "2026-04-01")
    shop.build()
    assert shop.figure("holdout_lift") == (0.0, 0.0, 30.0)


def test_few_persons_or_conversions_are_told_and_nothing_else(shop: Shop):
    _arm(shop, "treated", 200, 50)
    _arm(shop, "held_out", 29, 9)
    shop.build()
    for metric in ("incrementality", "holdout_lift", "net_incremental_revenue"):
        assert shop.figure(metric) == (None, None, None)
        assert shop.column("lower", metric) is None
        assert shop.column("why_null", metric) == "an arm has 29 persons; 30 are needed"


def test_incrementality_needs_conversions_of_both_arms(shop: Shop):
    _arm(shop, "treated", 200, 50)
    _arm(shop, "held_out", 100, 4)
    shop.build()
    assert shop.figure("incrementality").value is None
    assert "4; 5 are needed" in str(shop.column("why_null", "incrementality"))
    assert shop.figure("holdout_lift") == (0.21, 42.0, 200.0)


def test_nobody_held_out_and_unknown_costs_are_told(shop: Shop):
    _arm(shop, "treated", 40, 10)
    shop.build()
    assert shop.column("why_null", "holdout_lift") == "nobody was held out"
    _arm(shop, "held_out", 40, 5)
    shop.build()
    reason = "the cost of 40 messages is unknown"
    assert shop.column("why_null", "net_incremental_revenue") == reason


def test_cost_is_shared_by_messages_and_landed_spend_wins(shop: Shop):
    _arm(shop, "treated", 40, 0)
    _arm(shop, "held_out", 40, 0)
    # A quarter of the messages were sent before the window.
    for number in range(10):
        shop.message(f"treated{number}", "2026-01-10", "sent")
    shop.message("treated11", "2026-01-10", "sent", "elsewhere")
    shop.add("staging.stg_marketing__campaigns", campaign_id="m", cost=999)
    shop.spend("2026-03-10", "m", 100)
    shop.build()
    assert shop.figure("net_incremental_revenue").value == -80.0
