"""What buyers did, as BG/NBD and the formula see it, against published cases."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.dbt_project.customers.cases import SCORES, case
from tests.dbt_project.customers.models import Shop


def test_a_small_published_history(compiled: Path):
    published = case("rfm_mini_summary")
    shop = Shop(compiled, as_of=published["inputs"]["observation_end"])
    with (SCORES / published["inputs"]["file"]).open() as file:
        for row in csv.DictReader(file):
            shop.order(row["identifier"], row["date"], float(row["monetary_value"]))
    shop.build()
    found = shop.rows(
        "select person_id::integer, repeat_purchases, recency_days, age_days, "
        "coalesce(repeat_value, 0) from intermediate.int_buyers order by 1"
    )
    # Orders of one day are one purchase, and the first is none that is repeated.
    assert found == list(zip(*published["expected"].values(), strict=True))


def test_a_free_order_is_a_purchase_but_makes_no_buyer(shop: Shop):
    shop.order("a", "2026-06-01", 0)
    shop.order("a", "2026-06-11", 30)
    shop.order("a", "2026-06-21", 50)
    shop.build()
    assert shop.rows(
        "select orders, purchase_days, recency_days, first_order_date::varchar, repeat_value "
        "from intermediate.int_buyers"
    ) == [(2, 3, 20, "2026-06-11", 40.0)]
    assert shop.rows("select frequency from customers.rfm") == [(2,)]


def test_worth_of_an_order_a_month(compiled: Path):
    published = case("clv_simple_formula")
    assert published["inputs"] == {"aov": 2000, "orders_per_year": 12, "years": 3}
    # Forty-eight gaps over four years are one order a month exactly.
    last = date(2026, 6, 30)
    first = last - timedelta(days=1461)
    days = [first + timedelta(days=1461 * gap // 48) for gap in range(49)]
    shop = Shop(compiled, as_of=str(last))
    for day in days:
        shop.order("a", str(day), published["inputs"]["aov"])
    shop.build()
    ((value, tier),) = shop.rows(
        "select score_value, tier from customers.scores where score_type = 'clv_formula'"
    )
    assert value == pytest.approx(published["expected"]["clv"], rel=1e-12)
    assert tier == published["expected"]["tier"]
