import math

import pytest

from tests.dbt_project.customers.cases import case
from tests.dbt_project.customers.models import Shop


def overall(shop: Shop) -> tuple[object, ...]:
    (row,) = shop.rows(
        "select responses, promoters, passives, detractors, nps, standard_error from customers.nps "
        "where period = 'all' and segment = 'all'"
    )
    return row


@pytest.mark.parametrize("number", range(4))
def test_extremes(shop: Shop, number: int):
    published = case("nps_extremes")
    for person, rating in enumerate(published["inputs"]["cases"][number]):
        shop.feedback(f"p{person}", "2026-06-01", rating, 10)
    shop.build()
    assert overall(shop)[4] == published["expected"][number]


def test_categories_of_eleven_answers(shop: Shop):
    published = case("nps_categories")
    for rating in published["inputs"]["scores"]:
        shop.feedback(f"p{rating:02}", "2026-06-01", rating, 10)
    shop.build()
    tiers = shop.rows(
        "select tier from customers.scores where score_type = 'nps' order by person_id"
    )
    names = {"detractor": "D", "passive": "P", "promoter": "Pr"}
    assert [names[str(tier)] for (tier,) in tiers] == published["expected"]


def test_five_stars(shop: Shop):
    published = case("nps_5star_linear")
    for rating, count in published["inputs"]["ratings"].items():
        for number in range(count):
            shop.feedback(f"p{rating}_{number}", "2026-06-01", float(rating), 5)
    shop.build()
    promoters, detractors = 40 / 100, 30 / 100
    error = 100 * math.sqrt((promoters + detractors - (promoters - detractors) ** 2) / 100)
    assert overall(shop) == (
        100,
        40,
        30,
        30,
        pytest.approx(published["expected"]["nps"]),
        pytest.approx(error),
    )


def test_the_latest_answer_is_the_persons_and_all_are_counted(shop: Shop):
    shop.feedback("a", "2026-05-01", 2, 10)
    shop.feedback("a", "2026-06-01", 5, 5)
    shop.build()
    assert shop.rows("select score_value, tier from customers.scores where score_type = 'nps'") == [
        (10.0, "promoter")
    ]
    assert overall(shop)[:4] == (2, 1, 0, 1)
    assert shop.rows(
        "select period_start::varchar, nps from customers.nps "
        "where period = 'month' and segment = 'all' order by 1"
    ) == [("2026-05-01", -100.0), ("2026-06-01", 100.0)]


def test_a_rating_without_a_known_scale_is_no_answer(shop: Shop):
    shop.feedback("a", "2026-06-01", 4, 7)
    shop.feedback("b", "2026-06-01", 6, 5)
    shop.feedback("c", "2026-06-01", 0, 5)
    shop.build()
    assert not shop.rows("select * from customers.nps")


def test_a_half_star_is_never_rounded_up(shop: Shop):
    shop.feedback("a", "2026-06-01", 4.5, 5)  # 8.75 of 10
    shop.build()
    assert overall(shop)[:4] == (1, 0, 1, 0)
