"""Metrics 3 and 14 to 17: what people do with messages, and after them."""

from tests.dbt_project.metrics.models import Shop


def test_open_and_click_rates_are_of_persons(shop: Shop):
    for person, events in {
        "a": ("sent", "seen", "seen", "clicked"),
        "b": ("sent", "seen"),
        "c": ("sent",),
        "d": ("sent",),
        "held": ("held_out",),
        # Neither is known to have been sent to, nor to have opened.
        "forwarded": ("seen",),
        "clicked_blind": ("clicked",),
    }.items():
        for event in events:
            shop.message(person, "2026-03-10", event)
    shop.message("e", "2026-03-11", "sent", "text", delivery_channel="SMS")
    # Opened in the window, sent before it.
    shop.message("f", "2026-03-01", "sent")
    shop.message("f", "2026-03-02", "seen")
    shop.message(None, "2026-03-02", "sent")  # type: ignore[arg-type]
    shop.add("customers.rfm", person_id="a", segment="Loyal")
    shop.build()
    assert shop.figure("open_rate") == (0.4, 2.0, 5.0)
    assert shop.figure("open_rate", "campaign m") == (0.5, 2.0, 4.0)
    assert shop.figure("open_rate", "channel sms") == (0.0, 0.0, 1.0)
    assert shop.figure("open_rate", "segment Loyal") == (1.0, 1.0, 1.0)
    # Of a, b, f and who was forwarded one.
    assert shop.figure("click_rate") == (0.25, 1.0, 4.0)
    assert shop.column("why_null", "click_rate", "campaign text") == "no messages were opened"
    # In the year to date f was sent to and opened.
    assert shop.figure("open_rate", period="ytd") == (0.5, 3.0, 6.0)


def test_frequency_and_its_distribution(shop: Shop):
    for person, times in {"a": 1, "b": 1, "c": 2, "d": 3, "e": 4, "f": 9}.items():
        for _ in range(times):
            shop.message(person, "2026-03-10", "seen")
    shop.message("never", "2026-03-10", "sent")
    shop.build()
    assert shop.figure("message_frequency") == (20 / 6, 20.0, 6.0)
    shares = {
        times: shop.figure("message_frequency_share", f"times_seen {times}")
        for times in ("1", "2", "3", "4+")
    }
    assert shares == {
        "1": (2 / 6, 2.0, 6.0),
        "2": (1 / 6, 1.0, 6.0),
        "3": (1 / 6, 1.0, 6.0),
        "4+": (2 / 6, 2.0, 6.0),
    }


def _session(
    shop: Shop, person: str, at: str, campaign: str | None, creditable: bool = True
) -> None:
    shop.add(
        "attribution.fct_touchpoints",
        session_id=f"{person} {at}",
        person_id=person,
        campaign_id=campaign,
        channel="paid_social",
        is_creditable=creditable,
        touched_date=at[:10],
        touched_at=at,
    )


def test_persons_convert_after_their_first_click_of_the_window(shop: Shop):
    _session(shop, "after", "2026-03-10 08:00:00", "c1")
    shop.purchase("after", "2026-03-10")
    _session(shop, "before", "2026-03-10 18:00:00", "c1")
    shop.purchase("before", "2026-03-10")
    _session(shop, "late", "2026-03-24 08:00:00", "c1")
    shop.purchase("late", "2026-03-25")
    shop.message("mailed", "2026-03-30", "clicked")
    shop.purchase("mailed", "2026-03-31")
    _session(shop, "from_nowhere", "2026-03-10 08:00:00", None)
    _session(shop, "from_payment", "2026-03-10 08:00:00", "c1", creditable=False)
    shop.build()
    assert shop.figure("conversion_rate") == (0.75, 3.0, 4.0)
    assert shop.figure("conversion_rate", "campaign c1") == (2 / 3, 2.0, 3.0)
    assert shop.figure("conversion_rate", "channel email") == (1.0, 1.0, 1.0)
    # In the last 7 days only one clicked, and in the last day nobody.
    assert shop.figure("conversion_rate", period="7d") == (1.0, 1.0, 1.0)
    assert shop.column("why_null", "conversion_rate", period="1d") == "nobody clicked"


def test_hours_run_from_the_first_contact_to_the_first_purchase_after_it(shop: Shop):
    # 4, 28 and 100 hours; the second purchase of each is none of the first after it.
    shop.message("a", "2026-03-10", "seen")
    shop.message("a", "2026-03-09", "sent")
    shop.purchase("a", "2026-03-10")
    shop.purchase("a", "2026-03-30")
    _session(shop, "b", "2026-03-09 08:00:00", "c1")
    _session(shop, "b", "2026-03-10 08:00:00", "c2")
    shop.purchase("b", "2026-03-01")
    shop.purchase("b", "2026-03-10")
    _session(shop, "c", "2026-02-25 08:00:00", "c1")
    shop.purchase("c", "2026-03-01")
    shop.message("never_bought", "2026-03-10", "seen")
    shop.build()
    metric = "hours_to_first_conversion"
    # The purchase of c is before the 30 days.
    assert shop.figure(metric) == (16.0, None, 2.0)
    assert shop.figure(metric, period="90d") == (28.0, None, 3.0)
    assert shop.figure(metric, "campaign c1") == (28.0, None, 1.0)
    assert shop.figure(metric, "campaign c2") == (4.0, None, 1.0)
    assert shop.column("value", metric, period="7d") is None
