"""The journey models on tables made by hand, in milliseconds instead of a refresh.

dbt compiles the project once; the SQL it would run is then run on a database that has the tables
staging would give. Sessions name their channel, so that no rule of channels is needed, and
purchases are placed in the sessions that their orders name.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.defs.dbt.compiled import compile_models
from orchestration.workspace.stages import DEFAULT_STAGES, StageRule, stage_rows

Row = tuple[object, ...]

# In the order they are built.
_IDENTITY = (
    "intermediate/identity/int_emails",
    "intermediate/web/int_events_sessionised",
    "intermediate/web/int_sessions",
    "intermediate/identity/int_visitor_links",
    "intermediate/identity/int_visitor_intervals",
    "intermediate/web/int_sessions_identified",
    "intermediate/identity/int_orders_identified",
    "intermediate/identity/int_forms_identified",
    "intermediate/identity/int_leads_identified",
    "intermediate/identity/int_feedback_identified",
    "intermediate/identity/int_mentions_identified",
    "intermediate/identity/int_messages_identified",
    "intermediate/money/int_rate_intervals",
    "intermediate/money/int_orders_converted",
    "intermediate/money/int_refunds_converted",
    "intermediate/money/int_refunds_aggregated_to_orders",
)
_TIMELINE = (
    "intermediate/journeys/int_journey_stages",
    "intermediate/journeys/int_journey_sessions",
    "intermediate/journeys/int_journey_duplicate_events",
    "intermediate/journeys/int_journey_web_events",
    "intermediate/journeys/int_journey_purchases",
    "intermediate/journeys/int_journey_messages",
    "intermediate/journeys/int_journey_records",
    "intermediate/journeys/int_journey_events",
    "intermediate/journeys/int_first_journey_events",
    "marts/journeys/fct_journey_events",
    "intermediate/identity/int_people_in_records",
    "intermediate/identity/int_people",
)
_REPORTS = (
    "intermediate/journeys/int_stages_reached",
    "intermediate/journeys/int_journeys",
    "intermediate/journeys/int_journey_paths",
    "marts/journeys/funnel",
    "marts/journeys/journey_paths",
    "marts/journeys/dropoff",
)

_LINK = (
    "utm_source varchar, utm_medium varchar, utm_campaign varchar, utm_content varchar, "
    "utm_term varchar, click_id varchar"
)
_MONEY = "decimal(18, 6)"
_WHO = "customer_id varchar, email varchar, email_hash varchar"
_INPUTS = f"""
    create schema staging; create schema intermediate; create schema journeys;
    create table staging.stg_web__events (
        event_id varchar, event_type varchar, visitor_id varchar, session_id varchar,
        user_id varchar, order_id varchar, value {_MONEY}, currency varchar, page_url varchar,
        referrer varchar, {_LINK}, occurred_at timestamp
    );
    create table staging.stg_web__sessions (
        session_id varchar, visitor_id varchar, user_id varchar, channel_reported varchar,
        landing_page varchar, referrer varchar, {_LINK}, country varchar, device varchar,
        pageviews bigint, is_bounce boolean, started_at timestamp, ended_at timestamp
    );
    create table staging.stg_commerce__customers ({_WHO}, country varchar, created_at timestamp);
    create table staging.stg_commerce__orders (
        order_id varchar, {_WHO}, visitor_id varchar, session_id varchar, status varchar,
        currency varchar, total {_MONEY}, subtotal {_MONEY}, discount_total {_MONEY},
        shipping_total {_MONEY}, tax_total {_MONEY}, promo_code varchar, created_at timestamp,
        canceled_at timestamp
    );
    create table staging.stg_commerce__refunds (
        refund_id varchar, order_id varchar, customer_id varchar, currency varchar,
        amount {_MONEY}, refunded_at timestamp
    );
    create table staging.stg_finance__fx_rates (
        rate_date date, from_currency varchar, to_currency varchar, rate {_MONEY}
    );
    create table staging.stg_crm__form_submissions (
        submission_id varchar, form_name varchar, visitor_id varchar, session_id varchar, {_WHO},
        message varchar, submitted_at timestamp
    );
    create table staging.stg_crm__feedback (
        feedback_id varchar, {_WHO}, source_type varchar, rating {_MONEY}, scale {_MONEY},
        comment varchar, created_at timestamp
    );
    create table staging.stg_meta_ads__leads (
        lead_id varchar, field_data json, campaign_id varchar, adset_id varchar, ad_id varchar,
        platform varchar, created_at timestamp
    );
    create table staging.stg_social__mentions (
        mention_id varchar, customer_id varchar, post_id varchar, platform varchar,
        author varchar, text varchar, created_at timestamp
    );
    create table staging.stg_messaging__events (
        event_id varchar, event_type varchar, user_id varchar, delivery_channel varchar,
        campaign_id varchar, creative_id varchar, is_holdout boolean, occurred_at timestamp
    );
    create table staging.stg_workspace__stages (
        event_type varchar, condition varchar, stage varchar
    );
    create table staging.stg_workspace__settings as
    select
        date '2026-02-28' as as_of, timestamp '2026-03-01' as as_of_end, 'UTC' as timezone,
        'USD' as currency, 30 as idle_minutes, 3 as carry_forward_days,
        'completed' as counted_statuses;
    create table staging.stg_workspace__customer_settings as
    select 100 as journeys_top_paths, 10 as journeys_longest_path, 30 as journeys_stalled_days;
    create table intermediate.int_ads (ad_id varchar, adset_id varchar, campaign_id varchar);
    create table intermediate.int_campaigns (campaign_id varchar, channel varchar);
    create table intermediate.int_conversions (
        conversion_id varchar, order_id varchar, source varchar, person_id varchar,
        converted_at timestamp
    );
    create table intermediate.int_conversions_matched_to_sessions (
        conversion_id varchar, session_id varchar
    );
    create table intermediate.int_journey_sessions (
        session_id varchar, person_id varchar, channel varchar, is_redirect boolean,
        started_at timestamp
    );
"""

_TOUCHPOINTS = """
    create or replace table intermediate.int_touchpoints as
    select
        session_id, person_id, sessions.visitor_id, cast(null as varchar) as campaign_id,
        coalesce(channel_reported, 'direct') as channel, false as is_redirect,
        cast(sessions.started_at as date) as started_date, sessions.started_at
    from intermediate.int_sessions as sessions
    inner join intermediate.int_sessions_identified using (session_id)
"""


def compile_journeys(target: Path) -> Path:
    """Compile the journey models and those of identity; return the folder of their SQL."""
    names = [path.rsplit("/", 1)[1] for path in (*_IDENTITY, *_TIMELINE, *_REPORTS)]
    return compile_models(names, target)


class Shop:
    """A database with what landed, that the journey models can be run on.

    Times are UTC, written as `2026-01-31 12:00`; `as_of` is 2026-02-28.
    """

    def __init__(self, compiled: Path) -> None:
        """Create an empty shop in memory."""
        self._compiled = compiled
        self.connection = duckdb.connect()
        self.connection.execute(_INPUTS)
        self.use_stages(DEFAULT_STAGES)

    def land(self, table: str, **values: object) -> None:
        """Add a row to a staging table; columns not named are null."""
        places = ", ".join("?" for _ in values)
        self.connection.execute(
            f"insert into staging.stg_{table} ({', '.join(values)}) values ({places})",
            list(values.values()),
        )

    def visit(self, session: str, at: str, channel: str, visitor: str, **more: object) -> None:
        """Add a session of ten minutes."""
        self.land(
            "web__sessions",
            session_id=session,
            visitor_id=visitor,
            channel_reported=channel,
            started_at=at,
            ended_at=f"{at[:-2]}{int(at[-2:]) + 10:02}",
            **more,
        )

    def event(self, event: str, event_type: str, at: str, **more: object) -> None:
        """Add a web event; `session` and the like are named as the columns."""
        self.land("web__events", event_id=event, event_type=event_type, occurred_at=at, **more)

    def order(self, order: str, at: str, total: float = 100.0, **more: object) -> None:
        """Add an order that counts."""
        self.land(
            "commerce__orders",
            **{"order_id": order, "status": "completed", "total": total, "created_at": at, **more},
        )

    def use_stages(self, rules: Sequence[StageRule]) -> None:
        """Replace the stages of event types."""
        self.connection.execute("delete from staging.stg_workspace__stages")
        for row in stage_rows(tuple(rules)):
            self.land("workspace__stages", **row)

    def use_settings(self, **values: int) -> None:
        """Change settings of journeys."""
        for name, value in values.items():
            self.connection.execute(
                f"update staging.stg_workspace__customer_settings set journeys_{name} = {value}"
            )

    def build(self) -> None:
        """Build the timeline and everybody in it, and what is reported of them."""
        self._build(_IDENTITY)
        self.connection.execute(_TOUCHPOINTS)
        self._build(_TIMELINE)
        self._build(_REPORTS)

    def report(
        self,
        events: Sequence[tuple[str, str, str, str | None, datetime]],
        visits: Sequence[tuple[str, str, str, datetime]] = (),
    ) -> None:
        """Report on a timeline made by hand.

        Args:
            events: Event_id, person, event type, stage and time of each event.
            visits: Session_id, person, channel and time of each session.
        """
        self._build(("intermediate/journeys/int_journey_stages",))
        self.connection.execute("""
            create table journeys.given (
                event_id varchar, person_id varchar, event_type varchar, stage varchar,
                occurred_at timestamp
            )
        """)
        self._insert("journeys.given", events)
        self.connection.execute("""
            create table journeys.fct_journey_events as
            select given.*, stage_index, cast(occurred_at as date) as occurred_date
            from journeys.given left join intermediate.int_journey_stages using (stage)
        """)
        rows = [(session, person, channel, False, at) for session, person, channel, at in visits]
        self._insert("intermediate.int_journey_sessions", rows)
        self._build(_REPORTS)

    def timeline(self, person: str) -> list[Row]:
        """What a person did: event_id and stage, in order."""
        return self.connection.execute(
            "select event_id, stage from journeys.fct_journey_events "
            "where person_id = ? order by occurred_at, event_id",
            [person],
        ).fetchall()

    def rows(self, sql: str) -> list[Row]:
        """Query the tables."""
        return self.connection.execute(sql).fetchall()

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            places = ", ".join("?" for _ in rows[0])
            self.connection.executemany(f"insert into {table} values ({places})", rows)

    def _build(self, models: Sequence[str]) -> None:
        for model in models:
            sql = (self._compiled / f"{model}.sql").read_text()
            folder, name = model.rsplit("/", 1)
            schema = "journeys" if folder.startswith("marts") else "intermediate"
            # The name its config gives it, as attribution has a model `paths` already.
            table = {"journey_paths": "paths"}.get(name, name)
            self.connection.execute(f"create or replace table {schema}.{table} as {sql}")
