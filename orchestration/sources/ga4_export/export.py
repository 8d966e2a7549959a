"""A GA4 export file as a relation of fixed columns, whatever wrote it.

Daily tables gained records over the years (collected_traffic_source in 2023,
session_traffic_source_last_click in 2024), Parquet and JSON Lines write numbers differently, and
some writers wrap arrays. What a file does not have is null here.
"""

from typing import Any

import duckdb

from orchestration.ingestion.files import Format, LandingFile
from orchestration.ingestion.layouts import UnreadableFileError
from orchestration.ingestion.sql import identifier, path_literal
from orchestration.sources.exports.documents import documents_of, sql_type, transformed

_TEXT, _WHOLE, _DECIMAL = "VARCHAR", "BIGINT", "DOUBLE"

_CAMPAIGN = dict.fromkeys(("campaign_name", "source", "medium", "content", "term"), _TEXT)
_CHANNEL = {"default_channel_group": _TEXT, "primary_channel_group": _TEXT}

# What is read of the schema; all else stays in the export.
SHAPE: dict[str, Any] = {
    "event_name": _TEXT,
    "event_timestamp": _WHOLE,
    "event_bundle_sequence_id": _WHOLE,
    "batch_page_id": _WHOLE,
    "batch_ordering_id": _WHOLE,
    "batch_event_index": _WHOLE,
    "user_id": _TEXT,
    "user_pseudo_id": _TEXT,
    "stream_id": _TEXT,
    "platform": _TEXT,
    "event_params": [
        {
            "key": _TEXT,
            "value": {
                "string_value": _TEXT,
                "int_value": _WHOLE,
                "float_value": _DECIMAL,
                "double_value": _DECIMAL,
            },
        }
    ],
    "device": {
        "category": _TEXT,
        "operating_system": _TEXT,
        "language": _TEXT,
        "web_info": {"browser": _TEXT, "hostname": _TEXT},
    },
    "geo": {"country": _TEXT, "region": _TEXT, "city": _TEXT},
    "traffic_source": {"name": _TEXT, "medium": _TEXT, "source": _TEXT},
    "collected_traffic_source": {
        "manual_campaign_name": _TEXT,
        "manual_source": _TEXT,
        "manual_medium": _TEXT,
        "manual_content": _TEXT,
        "manual_term": _TEXT,
        "gclid": _TEXT,
    },
    "session_traffic_source_last_click": {
        "manual_campaign": _CAMPAIGN,
        "google_ads_campaign": {"campaign_name": _TEXT, "ad_group_name": _TEXT},
        "cross_channel_campaign": _CHANNEL,
    },
    "ecommerce": {
        "transaction_id": _TEXT,
        "purchase_revenue": _DECIMAL,
        "tax_value": _DECIMAL,
        "shipping_value": _DECIMAL,
    },
    "items": [
        {
            "item_id": _TEXT,
            "item_name": _TEXT,
            "item_brand": _TEXT,
            "item_category": _TEXT,
            "price": _DECIMAL,
            "quantity": _WHOLE,
            "coupon": _TEXT,
        }
    ],
}

# Without these a file is something else.
_TELLING = ("event_name", "event_timestamp", "event_params")

_SAMPLED_DOCUMENTS = 100


def export_relation(
    connection: duckdb.DuckDBPyConnection, file: LandingFile, limit: int | None
) -> str:
    """Return SQL for a `from` clause: the columns of `SHAPE`, and `is_broken` for lost lines.

    Args:
        connection: What will run it.
        file: A Parquet or JSON file.
        limit: Rows of its start to read; all of them without.

    Raises:
        UnreadableFileError: If the file is no GA4 export.
        EmptyFileError: If it holds nothing.
    """
    cut = "" if limit is None else f" limit {limit}"
    if file.format is Format.PARQUET:
        return _parquet(connection, file, cut)
    documents = documents_of(connection, file)
    found = connection.execute(
        f"select distinct unnest(json_keys(json)) "
        f"from (select json from {documents} limit {_SAMPLED_DOCUMENTS}) where json is not null"
    ).fetchall()
    _refuse_others({str(name) for (name,) in found})
    members = ", ".join(f"document.{identifier(name)}" for name in SHAPE)
    return f"""(
        select coalesce(json_type(json) <> 'OBJECT', true) as is_broken, {members}
        from (
            select json, {transformed("json", SHAPE)} as document
            from (select json from {documents}{cut})
        )
    )"""


def _parquet(connection: duckdb.DuckDBPyConnection, file: LandingFile, cut: str) -> str:
    relation = f"read_parquet({path_literal(file.path)}, hive_partitioning = false)"
    described = connection.execute(f"describe select * from {relation}").fetchall()
    types = {str(name): str(kind) for name, kind, *_ in described}
    _refuse_others(set(types))
    columns = ", ".join(
        f"{_column(connection, relation, name, types.get(name))} as {identifier(name)}"
        for name in SHAPE
    )
    return f"(select false as is_broken, {columns} from (from {relation}{cut}))"


def _refuse_others(columns: set[str]) -> None:
    missing = [name for name in _TELLING if name not in columns]
    if missing:
        raise UnreadableFileError(f"not a GA4 export: it has no {', no '.join(missing)}")


def _column(
    connection: duckdb.DuckDBPyConnection, relation: str, name: str, landed: str | None
) -> str:
    """SQL: a column of a Parquet file as `SHAPE` has it; null where nothing of it fits."""
    shape, column = SHAPE[name], identifier(name)
    wanted = sql_type(shape)
    if landed is None:
        return f"cast(null as {wanted})"
    if landed.startswith("TIMESTAMP") and wanted == _WHOLE:
        return f"epoch_us({column})"
    if landed in ("VARCHAR", "JSON") and wanted not in (_TEXT, _WHOLE, _DECIMAL):
        return transformed(f"try_cast({column} as json)", shape)
    if isinstance(shape, list) and not landed.endswith("[]"):
        # Parquet's three-level lists, as readers that do not know them see them.
        column = f"list_transform({column}.list, lambda wrapped: wrapped.element)"
    converted = f"try_cast({column} as {wanted})"
    try:
        connection.execute(f"describe select {converted} from {relation}")
    except duckdb.BinderException:
        return f"cast(null as {wanted})"
    return converted
