from collections import Counter
from pathlib import Path

from tests.dbt_project.customers.models import Shop


def scores(shop: Shop) -> dict[object, tuple[object, ...]]:
    rows = shop.rows(
        "select person_id, recency_days, frequency, monetary, recency_score, frequency_score, "
        "monetary_score, segment from customers.rfm order by person_id"
    )
    return {row[0]: row[1:] for row in rows}


def test_equals_are_never_told_apart(shop: Shop):
    # Seven of ten have one order of 50, all on one day: counting people off would split them.
    for number in range(7):
        shop.order(f"one_{number}", "2026-06-01", 50)
    for number, orders in enumerate((2, 3, 9)):
        for _ in range(orders):
            shop.order(f"more_{number}", "2026-06-20", 80)
    shop.build()
    result = scores(shop)
    assert len({result[f"one_{number}"] for number in range(7)}) == 1
    # By hand: the fifths of ten frequencies 1 x 7, 2, 3, 9 are 1, 1, 1, 2.2.
    assert result["one_0"][4] == 1
    assert [result[f"more_{number}"][4] for number in range(3)] == [4, 5, 5]


def test_five_buyers_get_the_five_scores(shop: Shop):
    for number in range(1, 6):
        for _ in range(number):
            shop.order(f"p{number}", f"2026-06-{10 + number}", 10 * number)
    shop.build()
    result = scores(shop)
    assert result["p5"] == (15, 5, 250.0, 5, 5, 5, "Champions")
    assert result["p1"] == (19, 1, 10.0, 1, 1, 1, "Dormant")
    assert [result[f"p{number}"][3] for number in range(1, 6)] == [1, 2, 3, 4, 5]


def test_refunds_lower_what_somebody_spent_whether_they_name_an_order_or_not(shop: Shop):
    shop.order("a", "2026-06-01", 100, refunded=30)
    shop.refund("a", "2026-06-02", 20)
    shop.build()
    assert shop.rows("select monetary, gross_monetary from customers.rfm") == [(50.0, 100.0)]


def test_guests_and_free_orders_make_no_buyers(shop: Shop):
    shop.order("guest:o1", "2026-06-01", 100)
    shop.order("session:s1", "2026-06-01", 100)
    shop.order("freeloader", "2026-06-01", 0)
    shop.order("visitor:v", "2026-06-01", 10)
    shop.build()
    assert shop.rows("select person_id from customers.rfm") == [("visitor:v",)]


def test_an_unknown_value_is_not_scored_as_a_small_one(shop: Shop):
    shop.order("a", "2026-06-01", None)
    shop.order("a", "2026-06-02", 10)
    shop.order("b", "2026-06-02", 20)
    shop.build()
    assert scores(shop)["a"][2] is None
    assert scores(shop)["a"][5:] == (None, None)


def test_there_are_ten_segments_of_buyers(shop: Shop):
    rows = shop.rows("select segment, count(*) from reference.rfm_segments group by 1")
    assert Counter(dict(rows)) == Counter(  # type: ignore[arg-type]
        {
            "Dormant": 4,
            "At risk": 4,
            "Previously loyal": 2,
            "Almost lost": 2,
            "Needs attention": 1,
            "Loyal": 4,
            "Promising": 1,
            "Active": 4,
            "New": 1,
            "Champions": 2,
        }
    )


def test_the_order_of_rows_does_not_matter(compiled: Path):
    results = []
    for numbers in (range(40), range(39, -1, -1)):
        shop = Shop(compiled)
        for number in numbers:
            shop.order(f"p{number:02}", f"2026-06-{1 + number % 28:02}", 10 + number * 7 % 13)
        shop.build()
        results.append(scores(shop))
    assert results[0] == results[1]
