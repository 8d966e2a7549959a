"""The attribution models on tables made by hand, in milliseconds instead of a refresh.

dbt compiles the project once; the SQL it would run is then run on a database that has the tables
attribution reads: conversions, touches, goals, settings.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from orchestration.defs.dbt.compiled import compile_models
from orchestration.workspace.attribution_settings import AttributionSettings, attribution_row
from python_assets.attribution.data_driven import channel_shares

Row = tuple[object, ...]

# In the order they are built.
_BEFORE_SHARES = (
    "intermediate/attribution/int_attributed_conversions",
    "intermediate/attribution/int_conversion_touches",
    "intermediate/attribution/int_attribution_days",
    "intermediate/attribution/int_touch_credits",
    "intermediate/attribution/int_conversion_paths",
    "intermediate/attribution/int_unconverted_paths",
    "intermediate/attribution/int_paths",
)
_AFTER_SHARES = (
    "intermediate/attribution/int_data_driven_credits",
    "intermediate/web/int_visit_days",
    "marts/attribution/fct_credits",
    "marts/attribution/paths",
    "marts/attribution/channel_days",
    "marts/attribution/model_comparison",
)

_INPUTS = """
    create schema staging; create schema intermediate; create schema conversions;
    create schema attribution;
    create table conversions.fct_conversions (
        conversion_id varchar, person_id varchar, goal varchar, conversion_type varchar,
        value double, gross_value double, counts_as_revenue boolean, converted_date date,
        converted_at timestamp
    );
    create table attribution.fct_touchpoints (
        touchpoint_id varchar, person_id varchar, visitor_id varchar, channel varchar,
        campaign_id varchar, is_creditable boolean, touched_date date,
        touched_at timestamp
    );
    create table staging.stg_workspace__goals as select 'purchase' as goal, true as is_attributed;
    create table intermediate.int_spend_days (
        spend_date date, campaign_id varchar, channel varchar, platform varchar, spend double,
        impressions bigint, clicks bigint
    );
"""


def compile_attribution(target: Path) -> Path:
    """Compile the attribution models; return the folder of their SQL."""
    names = [path.rsplit("/", 1)[1] for path in (*_BEFORE_SHARES, *_AFTER_SHARES)]
    return compile_models(names, target)


class Shop:
    """A database with touches and conversions that the attribution models can be run on.

    Times are UTC, written as `2026-01-31 12:00:00`.
    """

    def __init__(self, compiled: Path) -> None:
        """Create an empty shop in memory."""
        self._compiled = compiled
        self.connection = duckdb.connect()
        self.connection.execute(_INPUTS)

    def touch(  # noqa: PLR0913
        self,
        session: str,
        person: str,
        at: str,
        channel: str,
        campaign: str | None = None,
        *,
        creditable: bool = True,
    ) -> None:
        """Add a session."""
        self._insert(
            "attribution.fct_touchpoints",
            (session, person, f"v-{person}", channel, campaign, creditable, at[:10], at),
        )

    def convert(  # noqa: PLR0913
        self,
        conversion: str,
        person: str,
        at: str,
        value: float | None = 100.0,
        *,
        goal: str = "purchase",
        gross_value: float | None = None,
    ) -> None:
        """Add a conversion."""
        gross = value if gross_value is None else gross_value
        day = at[:10]
        self._insert(
            "conversions.fct_conversions",
            (conversion, person, goal, "purchase", value, gross, True, day, at),
        )

    def attribute(self, **settings: object) -> None:
        """Build every attribution table under the settings given, and the defaults of others."""
        row = {**attribution_row(AttributionSettings(**settings)), "code_digest": "x"}
        columns = ", ".join(f"? as {name}" for name in row)
        self.connection.execute(
            f"create or replace table staging.stg_workspace__settings as select {columns}",
            list(row.values()),
        )
        for model in _BEFORE_SHARES:
            self._build(model)
        paths = self.connection.table("intermediate.int_paths").order("goal, path").to_arrow_table()
        shares = channel_shares(  # noqa: F841 (DuckDB finds it by its name)
            paths, int(str(row["markov_order"])), row["shapley_game"]
        )
        self.connection.execute(
            "create or replace table intermediate.int_channel_shares as from shares"
        )
        for model in _AFTER_SHARES:
            self._build(model)

    def credit(self, model: str, by: str = "campaign_id") -> Mapping[str, float]:
        """Credit under a model, by a column of fct_credits."""
        return dict(
            self.rows(
                f"select {by}, sum(credit) from attribution.fct_credits "
                f"where attribution_model = '{model}' group by 1 order by 1"
            )
        )

    def rows(self, sql: str) -> list[Row]:
        """Query the tables."""
        return self.connection.execute(sql).fetchall()

    def _build(self, model: str) -> None:
        sql = (self._compiled / f"{model}.sql").read_text()
        folder, name = model.rsplit("/", 1)
        schema = "attribution" if folder.startswith("marts") else "intermediate"
        self.connection.execute(f"create or replace table {schema}.{name} as {sql}")

    def _insert(self, table: str, values: Sequence[object]) -> None:
        places = ", ".join("?" for _ in values)
        self.connection.execute(f"insert into {table} values ({places})", values)
