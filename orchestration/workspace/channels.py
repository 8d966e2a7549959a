"""Loads channels.csv: the rules that put a session into a channel, before the built-in list."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from orchestration.workspace.csv_items import load_rows
from orchestration.workspace.validation import WorkspaceModel

Channel = Literal[
    "direct",
    "cross_network",
    "paid_search",
    "paid_social",
    "paid_shopping",
    "paid_video",
    "paid_other",
    "display",
    "organic_search",
    "organic_social",
    "organic_shopping",
    "organic_video",
    "email",
    "sms",
    "affiliate",
    "referral",
    "audio",
    "push",
    "messaging",
    "influencer",
    "unassigned",
]

# What RE2 (DuckDB) and Java (Spark) both read as an operator.
_OPERATORS = frozenset("\\.+*?()|[]{}^$")


class ChannelRule(WorkspaceModel):
    """One rule: the channel of sessions whose source, medium and campaign all match."""

    channel: Channel = Field(description="the channel of the sessions that match")
    source: str = Field(default="", description="pattern of utm_source; empty matches any")
    medium: str = Field(default="", description="pattern of utm_medium; empty matches any")
    campaign: str = Field(default="", description="pattern of utm_campaign; empty matches any")

    @model_validator(mode="after")
    def _says_something(self) -> "ChannelRule":
        if not (self.source or self.medium or self.campaign):
            raise ValueError("at least one pattern among source, medium and campaign")
        return self


def load_channels(path: Path) -> tuple[ChannelRule, ...]:
    """Read the rules of `channels.csv` in their order.

    Raises:
        DefinitionsError: If the file or a line of it is wrong.
    """
    return tuple(rule for _, rule in load_rows(path, ChannelRule))


def pattern_to_regex(pattern: str) -> str | None:
    r"""Translate a pattern with `*` wildcards into a regular expression of the whole text.

    Args:
        pattern: Text in any case in which `*` stands for any characters.

    Returns:
        An anchored expression for lower-case text, in the syntax RE2 and Java share; None for
        an empty pattern, which matches everything.

    Example:
        >>> pattern_to_regex("Face*.com")
        '^face.*\\.com$'
    """
    if not pattern:
        return None
    parts = pattern.lower().split("*")
    return "^" + ".*".join(_escaped(part) for part in parts) + "$"


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in _OPERATORS else letter for letter in text)


def channel_rows(rules: tuple[ChannelRule, ...]) -> list[dict[str, object]]:
    """Rules as rows for SQL, which compares them with lower-cased values.

    Returns:
        rule_index (from 1), channel, and a regular expression or None for each of
        source_pattern, medium_pattern and campaign_pattern.
    """
    return [
        {
            "rule_index": index,
            "channel": rule.channel,
            "source_pattern": pattern_to_regex(rule.source),
            "medium_pattern": pattern_to_regex(rule.medium),
            "campaign_pattern": pattern_to_regex(rule.campaign),
        }
        for index, rule in enumerate(rules, start=1)
    ]
