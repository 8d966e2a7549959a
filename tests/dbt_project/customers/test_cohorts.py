from tests.dbt_project.customers.models import Shop


def cohort(shop: Shop, columns: str, where: str = "true") -> list[tuple[object, ...]]:
    return shop.rows(
        f"select {columns} from customers.cohort_retention "
        f"where acquisition_channel = 'all' and {where} order by cohort_month, period_days"
    )


def test_three_meanings_of_coming_back(shop: Shop):
    shop.order("in_61_90", "2026-01-01")
    shop.order("in_61_90", "2026-03-31")  # day 89
    shop.order("on_90", "2026-01-01")
    shop.order("on_90", "2026-04-01")  # day 90
    shop.order("early", "2026-01-01")
    shop.order("early", "2026-01-31")  # day 30
    shop.order("late", "2026-01-01")
    shop.order("late", "2026-06-20")  # day 170
    shop.order("never", "2026-01-01")
    shop.order("same_day", "2026-01-01")
    shop.order("same_day", "2026-01-01")
    shop.build()
    columns = "period_days, ordered_in_period, ordered_within, ordered_on_or_after"
    assert cohort(shop, columns, "period_days <= 90") == [
        (30, 1, 1, 4),
        (60, 0, 1, 3),
        (90, 2, 3, 2),
    ]
    assert cohort(shop, "distinct buyers, repeat_buyers, repeat_purchase_rate") == [(6, 5, 5 / 6)]


def test_only_who_is_old_enough_counts(shop: Shop):
    shop.order("old", "2026-05-01")  # 60 days before
    shop.order("young", "2026-05-02")  # 59 days before
    shop.order("young", "2026-06-25")
    shop.build()
    columns = "eligible_buyers, ordered_within, retention_within, is_complete"
    assert cohort(shop, columns, "period_days = 30") == [(2, 0, 0.0, True)]
    assert cohort(shop, columns, "period_days = 60") == [(1, 0, 0.0, False)]
    assert cohort(shop, columns, "period_days = 90") == [(0, 0, None, False)]


def test_worth_grows_with_age_and_falls_with_refunds(shop: Shop):
    shop.order("a", "2026-01-01", 100)
    shop.order("a", "2026-02-05", 50, refunded=10)  # day 35
    shop.order("b", "2026-01-01", 20)
    shop.refund("b", "2026-03-15", 15)  # day 73
    shop.build()
    assert cohort(shop, "ltv", "period_days <= 120") == [(60.0,), (80.0,), (72.5,), (72.5,)]


def test_an_unknown_payment_makes_worth_unknown(shop: Shop):
    shop.order("a", "2026-01-01", 100)
    shop.order("a", "2026-02-05", None)
    shop.build()
    assert cohort(shop, "ltv", "period_days <= 60") == [(100.0,), (None,)]


def test_by_the_channel_of_the_first_order(shop: Shop):
    shop.order("a", "2026-01-01", channel="email")
    shop.order("a", "2026-01-20", channel="direct")
    shop.order("b", "2026-01-01", channel="paid_search")
    shop.order("c", "2026-01-01")
    shop.build()
    assert shop.rows(
        "select acquisition_channel, buyers, ordered_within from customers.cohort_retention "
        "where period_days = 30 order by 1"
    ) == [("all", 3, 1), ("email", 1, 1), ("paid_search", 1, 0), ("unattributed", 1, 0)]


def test_channels_add_up_to_all(shop: Shop):
    for number in range(60):
        day = f"2026-0{1 + number % 4}-{1 + number % 27:02}"
        shop.order(f"p{number}", day, 10 + number, channel=("email", "direct", None)[number % 3])
        if number % 2:
            shop.order(f"p{number}", f"2026-05-{1 + number % 27:02}", 5)
    shop.build()
    assert not shop.rows("""
        select cohort_month, period_days from customers.cohort_retention group by all
        having sum(eligible_buyers) filter (where acquisition_channel = 'all')
            <> sum(eligible_buyers) filter (where acquisition_channel <> 'all')
        or sum(ordered_within) filter (where acquisition_channel = 'all')
            <> sum(ordered_within) filter (where acquisition_channel <> 'all')
        or abs(sum(revenue) filter (where acquisition_channel = 'all')
            - sum(revenue) filter (where acquisition_channel <> 'all')) > 1e-9
    """)
