"""The data of three real businesses, refreshed as a user would, reaches the known totals."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import Command, expected_of, rows


@pytest.fixture(scope="module")
def refreshed(real_workspace: Callable[[str], Path], adplan: Command) -> Callable[[str], Path]:
    @cache
    def refresh(name: str) -> Path:
        workspace = real_workspace(name)
        result = adplan("refresh", "-w", workspace)
        assert result.returncode == 0, result.stderr
        return workspace

    return refresh


def test_a_day_of_a_real_shop(refreshed: Callable[[str], Path]):
    workspace = refreshed("gms_2017")
    expected = expected_of(workspace)
    sessions = rows(
        workspace,
        "select count(*), count(distinct visitor_id), sum(pageviews), "
        "count(*) filter (where is_bounce) from attribution.fct_touchpoints",
    )
    assert sessions == [
        (expected["sessions"], expected["visitors"], expected["pageviews"], expected["bounces"])
    ]
    (orders,) = rows(
        workspace,
        "select count(*), sum(value) from conversions.fct_conversions "
        "where conversion_type = 'purchase'",
    )
    assert orders == (expected["orders"], pytest.approx(expected["revenue_usd"], abs=0.005))
    # Every purchase here happened in a session of the day.
    assert rows(
        workspace,
        "select sum(conversions), sum(value), sum(sessions), sum(converting_sessions) "
        "from conversions.conversion_days where conversion_type = 'purchase'",
    ) == [
        (
            expected["orders"],
            pytest.approx(expected["revenue_usd"], abs=0.005),
            expected["sessions"],
            expected["orders"],
        )
    ]


def test_a_year_of_a_real_wholesaler(refreshed: Callable[[str], Path]):
    workspace = refreshed("uci_retail")
    expected = expected_of(workspace)
    loaded = dict(
        rows(
            workspace, "select source_table, rows_accepted from health.load_log where rows_read > 0"
        )
    )
    assert loaded == {
        "commerce.customers": expected["customers"],
        "commerce.orders": expected["orders"],
        "commerce.order_items": expected["order_items"],
        "commerce.refunds": expected["refunds"],
    }
    (orders,) = rows(workspace, "select count(*), sum(gross_revenue) from customers.fct_orders")
    assert orders == (
        expected["orders"],
        pytest.approx(expected["gross_order_value_gbp"], abs=0.005),
    )
    (identified,) = rows(
        workspace,
        "select count(*), sum(gross_revenue) from customers.dim_people where is_identified",
    )
    assert identified == (
        expected["customers"],
        pytest.approx(expected["identified_customer_revenue_gbp"], abs=0.05),
    )
    # Guests are never merged because they name no customer.
    assert rows(
        workspace,
        "select count(*), max(orders) from customers.dim_people where not is_identified",
    ) == rows(workspace, "select count(*), 1 from customers.fct_orders where customer_id is null")
    # Every refund here names no order, so none reduces a conversion, and all reduce a person.
    assert rows(workspace, "select sum(refunded_value) from conversions.fct_conversions") == [(0,)]


def test_buyers_of_a_real_wholesaler(refreshed: Callable[[str], Path]):
    workspace = refreshed("uci_retail")
    # Published of the lines with a customer, a quantity and a price: 4,338 customers with 18,532
    # invoices over 8,911,407.90.
    assert rows(
        workspace, "select count(*), sum(frequency), sum(gross_monetary) from customers.rfm"
    ) == [(4338, 18532, pytest.approx(8911407.90, abs=0.05))]
    assert rows(
        workspace,
        "select frequency, gross_monetary from customers.rfm where person_id = '12748'",
    ) == [(209, pytest.approx(33719.73, abs=0.005))]
    # All of 77,183.60 went back the day it was bought.
    assert rows(
        workspace,
        "select frequency, gross_monetary, monetary from customers.rfm where person_id = '12346'",
    ) == [(1, pytest.approx(77183.60), 0.0)]
    # Customers by the month of their first order, as published of these lines.
    cohorts = rows(
        workspace,
        "select strftime(cohort_month, '%Y-%m'), any_value(buyers) from customers.cohort_retention "
        "where acquisition_channel = 'all' group by 1 order by 1",
    )
    sizes = (885, 417, 380, 452, 300, 284, 242, 188, 169, 299, 358, 323, 41)
    assert cohorts == [
        (f"{2010 + month // 12}-{1 + month % 12:02}", size)
        for month, size in enumerate(sizes, start=11)
    ]
    # Nobody is ever seen to leave here, which is a limit of the model and no reason to have none.
    performance = rows(
        workspace,
        "select model, value from health.model_performance "
        "where score_type = 'churn_probability' and metric = 'auc' order by 1",
    )
    assert [model for model, _ in performance] == ["closed_form", "logistic"]
    assert all(0.70 < float(str(auc)) < 0.80 for _, auc in performance)


def test_two_weeks_of_real_ads(refreshed: Callable[[str], Path]):
    workspace = refreshed("meta_2017")
    expected = expected_of(workspace)
    (totals,) = rows(
        workspace,
        "select count(*), sum(impressions), sum(clicks), sum(spend), sum(meta_purchases), "
        "sum(meta_leads), sum(meta_purchase_value), count(distinct campaign_id), "
        "count(distinct adset_id) from campaigns.fct_ad_days",
    )
    assert totals == (
        expected["insights"],
        expected["impressions"],
        expected["clicks"],
        pytest.approx(expected["spend_usd"], abs=0.005),
        expected["meta_purchases"],
        expected["meta_leads"],
        None,
        expected["campaigns"],
        expected["adsets"],
    )
    # Nothing here tells of a session or of revenue, so that returns are unknown and nobody's alert.
    by_campaign = (
        "sum(impressions), sum(clicks), sum(spend), count(sessions), count(revenue), count(roas)"
    )
    unknown = (0, 0, 0)
    assert rows(workspace, f"select {by_campaign} from campaigns.campaign_days") == [
        (totals[1], totals[2], pytest.approx(totals[3], abs=0.005), *unknown)
    ]
    assert rows(
        workspace,
        f"select {by_campaign}, bool_or(is_alert) from campaigns.leaderboard "
        "where window_days = 90",
    ) == [(totals[1], totals[2], pytest.approx(totals[3], abs=0.005), *unknown, False)]
