"""`adplan attribution`: what a person decides about which campaign brought whom."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.commands.console import UsageError, out, print_json
from orchestration.commands.query import published_connection
from orchestration.workspace.campaign_overrides import (
    Assignment,
    CampaignOverride,
    assign_campaign,
    folded,
)
from orchestration.workspace.errors import closest_first, did_you_mean, show
from orchestration.workspace.paths import Workspace

_MOST_NAMED = 3

_CAMPAIGNS = "select campaign_id, campaign_name from campaigns.dim_campaigns order by all"

_SESSION = """
    select campaign_id, resolution_method, count(*) as sessions
    from attribution.fct_touchpoints
    where session_id = ?
    group by all
"""

# The names are folded as the next refresh will: by dbt's macro folded_name.
_SESSIONS_OF_UTM_CAMPAIGN = r"""
    select campaign_id, resolution_method, count(*) as sessions
    from attribution.fct_touchpoints
    where
        lower(trim(regexp_replace(utm_campaign, '\s+', ' ', 'g')))
        = lower(trim(regexp_replace(?, '\s+', ' ', 'g')))
    group by all
    order by sessions desc, campaign_id
"""

_UTM_CAMPAIGNS = """
    select distinct utm_campaign
    from attribution.fct_touchpoints
    where utm_campaign is not null
    order by all
"""


@dataclass(frozen=True)
class AssignOptions:
    """What `adplan attribution assign` was given.

    Attributes:
        subject: A session_id, or a utm_campaign in any spelling.
        campaign: A campaign's id or name.
        is_utm_campaign: Whether the subject is a utm_campaign.
        note: Why, for the next reader; None leaves the note that is there.
    """

    subject: str
    campaign: str
    is_utm_campaign: bool
    note: str | None


class _Campaign(NamedTuple):
    campaign_id: str
    name: str | None

    def __str__(self) -> str:
        return self.campaign_id if self.name is None else f"{self.campaign_id} ({self.name})"


class _Present(NamedTuple):
    """How many sessions the published tables give to a campaign, and by which method."""

    campaign_id: str | None
    resolution_method: str
    sessions: int

    def __str__(self) -> str:
        if self.campaign_id is None:
            return self.resolution_method
        return f"{self.campaign_id} by {self.resolution_method}"


def assign(directory: Path, options: AssignOptions, *, as_json: bool) -> None:
    """Assign a session, or all sessions of a utm_campaign, to a campaign by hand."""
    workspace = Workspace.open(directory)
    key = "utm_campaign" if options.is_utm_campaign else "session_id"
    subject = options.subject.strip()
    _refuse_other_than_text(SESSION=subject, CAMPAIGN=options.campaign, note=options.note or None)
    with published_connection(workspace) as connection:
        try:
            campaign = _campaign(connection, options.campaign)
            present, hint = _present(connection, key, subject)
        except duckdb.CatalogException as error:
            raise UsageError(
                f"The published tables of {workspace.root} are of another version of adplan: "
                f"run `adplan refresh -w {workspace.root}` first ({error})"
            ) from error
    wanted = CampaignOverride.model_validate(
        {key: subject, "campaign_id": campaign.campaign_id, "note": options.note}
    )
    file = workspace.definitions / "campaign_overrides.csv"
    done = assign_campaign(file, wanted)
    if as_json:
        print_json(_record(file, done, campaign, present))
        return
    parts = [
        _what_was_done(directory / file.relative_to(workspace.root), done, campaign),
        _at_present(key, present) + hint,
        _what_is_next(directory, campaign, present),
    ]
    out.print("; ".join(parts) + ".", highlight=False, markup=False, soft_wrap=True)


def _refuse_other_than_text(**given: str | None) -> None:
    """Refuse blanks, and bytes that are not UTF-8: neither SQL nor the file could hold them."""
    for name, value in given.items():
        # The command line hands such bytes on as lone surrogates.
        has_other_bytes = any("\ud800" <= letter <= "\udfff" for letter in value or "")
        if has_other_bytes or (value is not None and not value.strip()):
            raise UsageError(f"{name}: given {show(value)}; accepted is text in UTF-8")


def _campaign(connection: duckdb.DuckDBPyConnection, given: str) -> _Campaign:
    """The one campaign of this id or, when there is none, of this name."""
    campaigns = [_Campaign(*row) for row in connection.execute(_CAMPAIGNS).fetchall()]
    by_id = [one for one in campaigns if one.campaign_id == given.strip()]
    found = by_id or [one for one in campaigns if one.name and folded(one.name) == folded(given)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.campaign_id for one in found)
        raise UsageError(
            f"CAMPAIGN: {len(found)} campaigns are named {show(given)}; give an id: {ids}"
        )
    accepted = "accepted is an id or a name of campaigns.dim_campaigns"
    if not campaigns:
        raise UsageError(f"CAMPAIGN: given {show(given)}; {accepted}, which has none yet")
    named = {folded(name): one for one in campaigns for name in one if name}
    closest = dict.fromkeys(named[name] for name in closest_first(folded(given), list(named)))
    raise UsageError(
        f"CAMPAIGN: given {show(given)}, which no campaign has; {accepted}, the closest: "
        + ", ".join(str(one) for one in list(closest)[:_MOST_NAMED])
    )


def _present(
    connection: duckdb.DuckDBPyConnection, key: str, subject: str
) -> tuple[list[_Present], str]:
    """What the published tables say of the subject, and a question when it may be misspelt."""
    query = _SESSION if key == "session_id" else _SESSIONS_OF_UTM_CAMPAIGN
    present = [_Present(*row) for row in connection.execute(query, [subject]).fetchall()]
    if present:
        return present, ""
    if key == "session_id":
        raise UsageError(
            f"SESSION: given {show(subject)}, which no session has; accepted is a session_id of "
            "attribution.fct_touchpoints, or with --utm a utm_campaign"
        )
    known = [name for (name,) in connection.execute(_UTM_CAMPAIGNS).fetchall()]
    question = did_you_mean(subject, known)
    return [], f" ({question})" if question else ""


def _record(
    file: Path, done: Assignment, campaign: _Campaign, present: list[_Present]
) -> dict[str, object]:
    """What was done, for scripts."""
    return {
        "change": done.change,
        "file": file,
        **done.override.model_dump(),
        "campaign_name": campaign.name,
        "campaign_id_before": None if done.before is None else done.before.campaign_id,
        "present": [one._asdict() for one in present],
        "is_published": _is_published(campaign, present),
    }


def _what_was_done(file: Path, done: Assignment, campaign: _Campaign) -> str:
    override = done.override
    subject = f"utm_campaign {show(override.utm_campaign)}"
    if override.session_id is not None:
        subject = f"session {override.session_id}"
    if done.change == "unchanged":
        return f"nothing to write: {file} has {subject} as {campaign} already"
    was = ""
    if done.before is not None:
        is_other = done.before.campaign_id != override.campaign_id
        was = f" in place of {done.before.campaign_id}" if is_other else " with another note"
    return f"wrote {subject} as {campaign}{was} to {file}"


def _at_present(key: str, present: list[_Present]) -> str:
    if not present:
        return "at present no session has this utm_campaign"
    if key == "session_id":
        return f"at present it is {present[0]}"
    counts = ", ".join(f"{one.sessions:,} {one}" for one in present)
    return f"its sessions at present: {counts}"


def _what_is_next(directory: Path, campaign: _Campaign, present: list[_Present]) -> str:
    if _is_published(campaign, present):
        return "so this is published already"
    return f"the next `adplan refresh -w {directory}` applies it"


def _is_published(campaign: _Campaign, present: list[_Present]) -> bool:
    """Whether the published tables have the sessions as they are assigned."""
    assigned = (campaign.campaign_id, "manual")
    return bool(present) and all(one[:2] == assigned for one in present)
