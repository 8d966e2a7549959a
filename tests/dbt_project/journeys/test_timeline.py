"""One timeline per person, in which every act is told once."""

from pathlib import Path

import pytest

from orchestration.workspace.stages import load_stages
from tests.dbt_project.journeys.models import Shop

EVENTS = "select event_id from journeys.fct_journey_events where event_type = '{}' order by 1"


def test_a_whole_life_passes_through_the_seven_stages(shop: Shop):
    shop.visit("s1", "2026-01-01 10:00", "paid_search", "v")
    shop.event("e1", "page_view", "2026-01-01 10:00", visitor_id="v", session_id="s1")
    shop.event("e2", "pageview", "2026-01-01 10:01", visitor_id="v", session_id="s1")
    shop.event("e3", "scroll_depth", "2026-01-01 10:02", visitor_id="v", session_id="s1")
    shop.land(
        "crm__form_submissions", submission_id="f1", form_name="newsletter", visitor_id="v",
        session_id="s1", email="ann@x", email_hash="h", submitted_at="2026-01-01 10:05",
    )  # fmt: skip
    shop.visit("s2", "2026-01-02 10:00", "direct", "v")
    shop.event("e4", "add_to_cart", "2026-01-02 10:01", visitor_id="v", session_id="s2")
    shop.order("o1", "2026-01-02 10:05", customer_id="ann", email="ann@x", email_hash="h",
               session_id="s2")  # fmt: skip
    shop.order("o2", "2026-01-10 10:05", customer_id="ann")
    shop.land(
        "crm__feedback", feedback_id="b1", customer_id="ann", source_type="review", rating=5,
        scale=5, created_at="2026-01-12 10:00",
    )  # fmt: skip
    shop.build()
    assert shop.timeline("ann") == [
        ("ad_click:s1", "awareness"),
        ("session:s1", "awareness"),
        ("web:e1", "awareness"),
        ("web:e2", "interest"),
        ("form:f1", "consideration"),
        ("session:s2", "interest"),
        ("web:e4", "intent"),
        ("order:o1", "conversion"),
        ("order:o2", "retention"),
        ("feedback:b1", "advocacy"),
    ]
    assert shop.rows("select persons from journeys.funnel where channel = 'all'") == [(1,)] * 7
    assert shop.rows("select stage, last_event_type, stalled_persons from journeys.dropoff") == [
        ("advocacy", "feedback", 1)
    ]
    assert shop.rows("select path_type, path, converters from journeys.paths order by 1") == [
        ("channel", "paid_search > direct", 1),
        (
            "stage",
            "awareness > interest > consideration > intent > conversion > retention > advocacy",
            1,
        ),
    ]


def test_what_a_visitor_did_before_a_login_is_in_the_same_timeline(shop: Shop):
    shop.visit("s1", "2026-01-01 10:00", "organic_search", "v")
    shop.event("e1", "product_view", "2026-01-01 10:01", visitor_id="v", session_id="s1")
    shop.visit("s2", "2026-01-09 10:00", "email", "v", user_id="ann")
    shop.visit("s3", "2026-01-09 10:00", "referral", "w")
    shop.event("e2", "product_view", "2026-01-09 10:01", visitor_id="w", session_id="s3")
    shop.build()
    assert [event for event, _ in shop.timeline("ann")] == ["session:s1", "web:e1", "session:s2"]
    assert [event for event, _ in shop.timeline("visitor:w")] == ["session:s3", "web:e2"]
    assert shop.rows(
        "select channel, persons from journeys.funnel where stage = 'awareness' order by 1"
    ) == [("all", 2), ("organic_search", 1), ("referral", 1)]


def test_a_server_event_outside_any_session_belongs_to_the_user_it_names(shop: Shop):
    shop.land("commerce__customers", customer_id="ann", email="ann@x", email_hash="h")
    shop.event("e1", "add_to_cart", "2026-01-01 10:00", user_id="ann")
    shop.event("e2", "add_to_cart", "2026-01-02 10:00", user_id=" Ann@X")
    shop.event("e3", "add_to_cart", "2026-01-03 10:00")
    shop.build()
    assert [event for event, _ in shop.timeline("ann")] == ["web:e1", "web:e2"]
    assert shop.rows("select person_id, is_identified from intermediate.int_people order by 1") == [
        ("ann", True),
        ("event:e3", False),
    ]


def test_a_form_and_its_event_are_one_act(shop: Shop):
    shop.visit("s1", "2026-01-01 10:00", "direct", "v1")
    shop.event("same", "form_submit", "2026-01-01 10:05", visitor_id="v1", session_id="s1")
    shop.visit("s2", "2026-01-02 10:00", "direct", "v1")
    shop.event("alone", "form_submit", "2026-01-02 10:05", visitor_id="v1", session_id="s2")
    shop.event("derived", "form_submit", "2026-01-03 10:05", visitor_id="v2")
    for submission, visitor, session, at in (
        ("f1", "v1", "s1", "2026-01-01 10:05"),
        ("f2", "v2", None, "2026-01-03 10:04"),
    ):
        shop.land(
            "crm__form_submissions", submission_id=submission, visitor_id=visitor,
            session_id=session, submitted_at=at,
        )  # fmt: skip
    shop.build()
    assert shop.rows(EVENTS.format("form_submit")) == [("form:f1",), ("form:f2",), ("web:alone",)]


def test_an_order_and_its_event_are_one_purchase(shop: Shop):
    shop.visit("s1", "2026-01-01 10:00", "email", "v", user_id="ann")
    more = {"visitor_id": "v", "session_id": "s1", "value": 80}
    shop.order("o1", "2026-01-01 10:05", total=100, customer_id="ann", session_id="s1")
    shop.order("o2", "2026-01-01 10:06", customer_id="ann", status="canceled")
    shop.land("commerce__refunds", refund_id="r", order_id="o1", amount=30,
              refunded_at="2026-01-05 10:00")  # fmt: skip
    shop.event("e1", "purchase", "2026-01-01 10:05", order_id="o1", **more)
    shop.event("e2", "purchase", "2026-01-01 10:06", order_id="o2", **more)
    shop.event("e3", "purchase", "2026-01-01 10:07", order_id="lost", **more)
    shop.event("e4", "purchase", "2026-01-01 10:08", order_id="lost", **more)
    shop.event("e5", "purchase", "2026-01-01 10:09", **more)
    shop.event("e6", "purchase", "2026-01-01 10:09", **more)
    shop.build()
    assert shop.rows(
        "select event_id, order_id, stage, channel, value from journeys.fct_journey_events "
        "where event_type = 'purchase' order by occurred_at, event_id"
    ) == [
        ("order:o1", "o1", "conversion", "email", 70),
        ("web:e3", None, "retention", "email", 80),
        ("web:e5", None, "retention", "email", 80),
        ("web:e6", None, "retention", "email", 80),
    ]


@pytest.mark.parametrize(
    ("rating", "scale", "stage"),
    [
        (3, 5, "retention"),
        (4, 5, "advocacy"),
        (5, 5, "advocacy"),
        (5, 10, "retention"),
        (8, 10, "retention"),
        (9, 10, "advocacy"),
        (10, 10, "advocacy"),
        (None, 5, "retention"),
    ],
)
def test_praise_is_advocacy_on_its_own_scale(
    shop: Shop, rating: int | None, scale: int, stage: str
):
    more = {"customer_id": "ann", "rating": rating, "scale": scale}
    at = "2026-01-01 10:00"
    shop.land("crm__feedback", feedback_id="b", source_type="survey", created_at=at, **more)
    shop.land("crm__feedback", feedback_id="c", source_type="Support", created_at=at, **more)
    shop.build()
    assert shop.timeline("ann") == [("feedback:b", stage), ("feedback:c", stage)]


def test_messages_show_a_stage_only_when_somebody_reacts(shop: Shop):
    for event, event_type, channel, is_holdout in (
        ("m1", "campaign_delivered", "email", False),
        ("m2", "campaign_viewed", None, False),
        ("m3", "campaign_clicked", "email", False),
        ("m4", "campaign_viewed", "push", False),
        ("m5", "campaign_held_out", "email", True),
        ("m6", "user_unsubscribed", "email", False),
    ):
        shop.land(
            "messaging__events", event_id=event, event_type=event_type, user_id="ann",
            delivery_channel=channel, is_holdout=is_holdout, occurred_at="2026-01-01 10:00",
        )  # fmt: skip
    shop.build()
    assert shop.rows(
        "select event_type, stage, channel from journeys.fct_journey_events order by event_id"
    ) == [
        ("campaign_delivered", None, "email"),
        ("email_open", "interest", "email"),
        ("email_click", "consideration", "email"),
        ("message_open", "interest", "push"),
        ("campaign_held_out", None, "email"),
        ("user_unsubscribed", None, "email"),
    ]
    assert shop.rows(
        "select channel, persons from journeys.funnel where stage_index = 3 order by 1"
    ) == [("all", 1), ("none", 1)]


def test_stages_of_the_workspace_are_followed(shop: Shop, tmp_path: Path):
    stages = tmp_path / "stages.csv"
    stages.write_text(
        "event_type,condition,stage\nQuiz,first,consideration\nPageView,,intent\n"
        "purchase,repeat,advocacy\n",
        encoding="utf-8",
    )
    shop.use_stages(load_stages(stages))
    shop.visit("s1", "2026-01-01 10:00", "direct", "v", user_id="ann")
    for event, event_type in enumerate(("page_view", "pageview", "quiz", "quiz", "scroll_depth")):
        shop.event(f"e{event}", event_type, f"2026-01-01 10:0{event}", visitor_id="v",
                   session_id="s1")  # fmt: skip
    shop.order("o1", "2026-01-01 11:00", customer_id="ann")
    shop.order("o2", "2026-01-01 12:00", customer_id="ann")
    shop.build()
    assert shop.timeline("ann") == [
        ("session:s1", "awareness"),
        ("web:e0", "awareness"),
        ("web:e1", "intent"),
        ("web:e2", "consideration"),
        ("web:e3", None),
        ("order:o1", "conversion"),
        ("order:o2", "advocacy"),
    ]


def test_an_empty_shop_has_an_empty_funnel(shop: Shop):
    shop.build()
    assert shop.rows("select count(*) from journeys.fct_journey_events") == [(0,)]
    assert (
        shop.rows(
            "select channel, persons, drop_off_rate, awareness_to_conversion_rate, "
            "is_biggest_drop_off from journeys.funnel"
        )
        == [("all", 0, None, None, False)] * 7
    )
