"""Events of a file as rows of `web.events`, as SQL."""

import json
from dataclasses import replace

from orchestration.ingestion.contract import Kind, table_named
from orchestration.ingestion.readers import REASON_COLUMN
from orchestration.ingestion.sql import text_literal
from orchestration.sources.event_files.styles import REST, STYLES, Style
from orchestration.sources.exports.documents import json_at, text_at
from orchestration.sources.exports.event_names import event_type
from orchestration.sources.exports.links import UTM, told, told_campaign, url_click_id, url_utm
from orchestration.workspace.source_settings.event_files import EventFilesSettings

_COLUMNS = table_named("web.events").columns


def mapped_events(documents: str, settings: EventFilesSettings) -> str:
    """Return the query for the events of a file.

    Args:
        documents: SQL for a `from` clause with a column `json`, null where a line is none.
        settings: The style and what the settings lay over it.
    """
    style = style_of(settings)
    broken = "coalesce(json_type(json) <> 'OBJECT', true)"
    columns = {name: _column(name, kind, style) for name, kind in _COLUMNS.items()}
    columns["event_id"] = _event_id(columns["event_id"], settings)
    columns["event_type"] = _event_type(columns["event_type"], style)
    for part in UTM:
        clean = told_campaign if part == "campaign" else told
        given = columns[f"utm_{part}"]
        # Some trackers leave the address for others to read.
        columns[f"utm_{part}"] = clean(f"coalesce({given}, {url_utm('page_url', part)})")
    columns["click_id"] = f"coalesce({columns['click_id']}, {url_click_id('page_url')})"
    if style.scopes_session_by_visitor:
        columns["session_id"] = f"{columns['visitor_id']} || '.' || {columns['session_id']}"
    page_url = columns.pop("page_url")
    rest = ", ".join(f"{expression} as {name}" for name, expression in columns.items())
    return f"""
        select * exclude (json), case when {broken} then 'unreadable_json' end as {REASON_COLUMN}
        from (
            select *, {rest} from (select json, {page_url} as page_url from {documents})
        )
    """


def style_of(settings: EventFilesSettings) -> Style:
    """The style with what the settings lay over it."""
    style = STYLES[settings.style]
    own_paths = {column: (path,) for column, path in settings.mapping.items()}
    own_session = "session_id" in own_paths
    return replace(
        style,
        paths={**style.paths, **own_paths},
        event_types={**style.event_types, **settings.event_types},
        scopes_session_by_visitor=style.scopes_session_by_visitor and not own_session,
    )


def _column(name: str, kind: Kind, style: Style) -> str:
    """SQL: the first path that has a value."""
    paths = style.paths.get(name, ())
    if not paths:
        return "cast(null as varchar)"
    if kind is Kind.JSON:
        values = [_rest(style) if path == REST else json_at("json", path) for path in paths]
        return f"cast(coalesce({', '.join(values)}) as varchar)"
    values = [f"nullif({text_at('json', path)}, '')" for path in paths]
    return f"coalesce({', '.join(values)})"


def _rest(style: Style) -> str:
    """SQL: the event without what columns take of it, as far as that stands by itself."""
    taken = {
        path: None
        for paths in style.paths.values()
        for path in paths
        if path != REST and "." not in path
    }
    away = text_literal(json.dumps(taken))
    return f"case when json_type(json) = 'OBJECT' then json_merge_patch(json, {away}) end"


def _event_id(given: str, settings: EventFilesSettings) -> str:
    """An event without an id of its own, where the files have none, is what it says."""
    if settings.style != "custom" or "event_id" in settings.mapping:
        return given
    return "md5(cast(json as varchar))"


def _event_type(given: str, style: Style) -> str:
    for name, path in style.says_nothing.items():
        better = f"coalesce({text_at('json', path)}, {given})"
        given = f"case when {given} = {text_literal(name)} then {better} else {given} end"
    track = event_type(given, style.event_types)
    if not style.kind:
        return track
    kind = text_at("json", style.kind)
    branches = " ".join(
        f"when {text_literal(theirs)} then {text_literal(ours)}"
        for theirs, ours in style.kinds.items()
    )
    # Identifying a person, a group or an alias is an event without a name.
    return f"case {kind} {branches} when 'track' then {track} else coalesce({track}, {kind}) end"
