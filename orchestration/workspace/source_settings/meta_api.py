"""What is fetched from Meta's Marketing API, and how."""

import re
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator

from orchestration.workspace.setting_types import VariableName, Whole
from orchestration.workspace.source_settings.connector import ConnectorSettings
from orchestration.workspace.validation import WorkspaceModel

Breakdown = Literal["age_gender", "platform", "country"]

_ACCOUNT = re.compile(r"(?:act_)?(\d+)")
_VERSION = re.compile(r"v\d+\.\d+")
_FIELD = re.compile(r"[a-z][a-z0-9_]*")
_STATUS = re.compile(r"[A-Z_]+")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _account(value: str) -> str:
    found = _ACCOUNT.fullmatch(value.strip())
    if found is None:
        raise ValueError("the number of an ad account, such as act_123456789 or 123456789")
    return found[1]


def _version(value: str) -> str:
    if not _VERSION.fullmatch(value):
        raise ValueError("a version of the Graph API, such as v25.0")
    return value


def _field(value: str) -> str:
    if not _FIELD.fullmatch(value):
        raise ValueError("the name of a field, such as spend: lower-case letters, digits and _")
    return value


def _status(value: str) -> str:
    if not _STATUS.fullmatch(value):
        raise ValueError("an effective status as Meta writes it, such as ACTIVE")
    return value


def _base_url(value: str) -> str:
    url = urlsplit(value)
    is_private = url.scheme == "https" or (
        url.scheme == "http" and (url.hostname or "") in _LOOPBACK
    )
    if not is_private or not url.hostname or url.query or url.username:
        raise ValueError("an https:// address (http:// only on this machine, for tests)")
    return value.rstrip("/")


Account = Annotated[str, AfterValidator(_account)]
FieldName = Annotated[str, AfterValidator(_field)]
EffectiveStatus = Annotated[str, AfterValidator(_status)]


class MetaFields(WorkspaceModel):
    """Fields asked of Meta per kind of object; those that identify a row always are.

    A field that the raw contract has no column for is kept in `_extra`.
    """

    campaigns: tuple[FieldName, ...] = Field(
        default=(
            *("id", "account_id", "name", "status", "effective_status", "objective"),
            *("buying_type", "daily_budget", "lifetime_budget", "start_time", "stop_time"),
            *("created_time", "updated_time"),
        ),
        description="Fields of a campaign.",
    )
    adsets: tuple[FieldName, ...] = Field(
        default=(
            *("id", "account_id", "campaign_id", "name", "status", "effective_status"),
            *("daily_budget", "lifetime_budget", "optimization_goal", "billing_event"),
            *("bid_strategy", "targeting", "start_time", "end_time", "created_time"),
            "updated_time",
        ),
        description="Fields of an ad set.",
    )
    ads: tuple[FieldName, ...] = Field(
        default=(
            *("id", "account_id", "adset_id", "campaign_id", "name", "status"),
            *("effective_status", "creative", "created_time", "updated_time"),
        ),
        description="Fields of an ad.",
    )
    creatives: tuple[FieldName, ...] = Field(
        default=(
            *("id", "account_id", "name", "title", "body", "call_to_action_type", "url_tags"),
            *("object_story_spec", "thumbnail_url"),
        ),
        description="Fields of a creative.",
    )
    insights: tuple[FieldName, ...] = Field(
        default=(
            *("account_id", "account_currency", "campaign_id", "adset_id", "ad_id"),
            *("impressions", "reach", "frequency", "clicks", "inline_link_clicks"),
            *("unique_clicks", "spend", "actions", "action_values"),
        ),
        description="Fields of an ad's day.",
    )
    leads: tuple[FieldName, ...] = Field(
        default=(
            *("id", "created_time", "ad_id", "adset_id", "campaign_id", "form_id", "platform"),
            *("is_organic", "field_data"),
        ),
        description="Fields of a lead.",
    )


class MetaApiSettings(ConnectorSettings):
    """Ad accounts at Meta and how they are read."""

    accounts: tuple[Account, ...] = Field(
        min_length=1,
        description="Ad accounts to read, such as [act_123456789]; act_ may be left out.",
    )
    api_version: Annotated[str, AfterValidator(_version)] = Field(
        default="v25.0",
        description="Version of the Graph API. Meta retires each about two years after the next.",
    )
    token_variable: VariableName = Field(
        default="META_ACCESS_TOKEN",
        description="Name of the environment variable that holds the access token.",
    )
    first_day: date | None = Field(
        default=None,
        description="Day the history starts at; null for 90 days before the first fetch. Meta "
        "keeps 37 months.",
    )
    reread_days: Whole = Field(
        default=28,
        ge=1,
        le=400,
        description="Last days that every run reads again, because conversions are credited late.",
    )
    breakdowns: tuple[Breakdown, ...] = Field(
        default=(),
        description="Breakdowns that are read as well, each into a table of its own: age_gender, "
        "platform, country.",
    )
    leads: bool = Field(
        default=False,
        description="Whether leads of instant forms are read; needs more permissions.",
    )
    fields: MetaFields = Field(
        default=MetaFields(), description="Fields asked per kind of object; replaces the default."
    )
    ad_statuses: tuple[EffectiveStatus, ...] = Field(
        default=(
            *("ACTIVE", "ADSET_PAUSED", "ARCHIVED", "CAMPAIGN_PAUSED", "DELETED", "DISAPPROVED"),
            *("IN_PROCESS", "PAUSED", "PENDING_BILLING_INFO", "PENDING_REVIEW", "PREAPPROVED"),
            "WITH_ISSUES",
        ),
        min_length=1,
        description="Effective statuses whose insights are read. Without this filter Meta leaves "
        "out the spend of deleted ads.",
    )
    spend_tolerance_percent: Whole = Field(
        default=1,
        ge=0,
        le=100,
        description="By how much the ads of a day may cost less than their account before a fetch "
        "stops; 100 for any.",
    )
    async_from_days: Whole = Field(
        default=7,
        ge=0,
        description="Ranges of more days than this are computed by Meta as a job.",
    )
    chunk_days: Whole = Field(
        default=30, ge=1, le=90, description="Days of a long history that are read at once."
    )
    job_timeout_minutes: Whole = Field(
        default=60,
        ge=1,
        description="Minutes after which a job counts as failed and its range is halved.",
    )
    page_size: Whole = Field(
        default=500,
        ge=1,
        le=5000,
        description="Rows per page; halved where Meta finds it too many.",
    )
    slow_down_from_percent: Whole = Field(
        default=75,
        ge=10,
        le=95,
        description="Share of Meta's quota used from which calls are spaced out.",
    )
    rate_limit_patience_minutes: Whole = Field(
        default=90,
        ge=1,
        description="Minutes of waiting in a row for a used-up quota after which a run gives up.",
    )
    connect_timeout_seconds: Whole = Field(
        default=10, ge=1, description="Seconds to wait for a connection."
    )
    read_timeout_seconds: Whole = Field(
        default=120, ge=1, description="Seconds to wait for an answer."
    )
    base_url: Annotated[str, AfterValidator(_base_url)] = Field(
        default="https://graph.facebook.com", description="Address of the Graph API."
    )

    @field_validator("accounts", "breakdowns")
    @classmethod
    def _each_once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values))
