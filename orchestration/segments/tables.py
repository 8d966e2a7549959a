"""The tables of segments: what they hold, in SQL and in words.

Those in schema `customers` are published. The others are memory that the next run needs: what was
decided about segments that only `adplan segment rebuild` decides.
"""

import duckdb

from orchestration.described_tables import Column, Table, Tables

SEGMENTS = "customers.segments"
MEMBERS = "customers.segment_members"
REBUILDS = "segments.rebuilds"
REBUILT_MEMBERS = "segments.rebuilt_members"


PUBLISHED: Tables = {
    SEGMENTS: Table(
        "The segments of segments.yaml, and those that were there once and had members. "
        "**Grain:** one row per segment.",
        {
            "segment": Column("varchar", "Its name."),
            "description": Column("varchar", "Who is in it and what for; empty if nobody said."),
            "type": Column(
                "varchar",
                "What it is about: behavioral, demographic, rfm, value_based, engagement or "
                "custom.",
            ),
            "rules": Column(
                "varchar", "Its rules as JSON; null for one whose members are all named by hand."
            ),
            "is_auto_update": Column(
                "boolean",
                "Whether every run applies the rules; else only `adplan segment rebuild` does.",
            ),
            "members": Column("bigint", "People who are in it on the run's day."),
            "manual_members": Column("bigint", "Those of them who are named by hand."),
            "unknown_manual_members": Column(
                "bigint", "Ids named by hand that are nobody's, and therefore not in it."
            ),
            "rebuilt_on": Column(
                "date",
                "The run's day when its rules were last applied; null where they never were.",
            ),
            "has_new_rules": Column(
                "boolean", "Whether the rules were changed after they were last applied."
            ),
            "removed_on": Column(
                "date", "Day since when segments.yaml lacks it; null while it is there."
            ),
        },
    ),
    MEMBERS: Table(
        "Who was in which segment when. Somebody is in it on a day D if valid_from <= D and "
        "(valid_to is null or D < valid_to). **Grain:** one row per segment, person and "
        "valid_from.",
        {
            "segment": Column("varchar", "The segment's name."),
            "person_id": Column("varchar", "Who is in it."),
            "added_reason": Column(
                "varchar",
                "`manual` for somebody named by hand, whatever the rules say; else `rule`.",
            ),
            "valid_from": Column("date", "First day on which they are in it for this reason."),
            "valid_to": Column("date", "First day on which they no longer are; null while in it."),
        },
    ),
}

_MEMORY = f"""
create schema if not exists segments;
create table if not exists {REBUILDS} (segment varchar, rebuilt_on date, rules varchar);
create table if not exists {REBUILT_MEMBERS} (
    segment varchar, rebuilt_on date, person_id varchar
);
"""


def prepare_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables that are missing, empty."""
    connection.execute("create schema if not exists customers")
    for name, table in PUBLISHED.items():
        declared = ", ".join(
            f"{column} {meaning.data_type}" for column, meaning in table.columns.items()
        )
        connection.execute(f"create table if not exists {name} ({declared})")
    connection.execute(_MEMORY)
