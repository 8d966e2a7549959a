from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.workspace.channels import channel_rows, load_channels, pattern_to_regex
from orchestration.workspace.errors import DefinitionsError

Write = Callable[[str, str], Path]


def _refusal(write: Write, text: str) -> str:
    with pytest.raises(DefinitionsError) as caught:
        load_channels(write("channels.csv", text))
    return str(caught.value)


def test_rules_keep_their_order_and_become_expressions(write: Write) -> None:
    rules = load_channels(
        write(
            "channels.csv",
            "\ufeffchannel,source,medium,campaign\n"
            '# comment, with "a quote\n'
            "affiliate,AWIN*,,\n"
            "\n"
            'influencer,,creator,"summer, *"\n',
        )
    )
    assert channel_rows(rules) == [
        {
            "rule_index": 1,
            "channel": "affiliate",
            "source_pattern": "^awin.*$",
            "medium_pattern": None,
            "campaign_pattern": None,
        },
        {
            "rule_index": 2,
            "channel": "influencer",
            "source_pattern": None,
            "medium_pattern": "^creator$",
            "campaign_pattern": "^summer, .*$",
        },
    ]


@pytest.mark.parametrize("text", ["", "channel,source,medium,campaign\n", "# none\n"])
def test_a_file_without_rules_gives_none(write: Write, text: str) -> None:
    assert load_channels(write("channels.csv", text)) == ()


def test_optional_columns_may_be_left_out(write: Write) -> None:
    (rule,) = load_channels(write("channels.csv", "source,channel\nnewsletter,email\n"))
    assert (rule.channel, rule.source, rule.medium) == ("email", "newsletter", "")


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("Face*.com", "facebook.com", True),
        ("face*.com", "facebookxcom", False),
        ("cpc", "cpc", True),
        ("cpc", "cpc2", False),
        ("*", "", True),
        ("a+b (c) [d] {e} ^$ | \\ ?", "a+b (c) [d] {e} ^$ | \\ ?", True),
        ("a.b", "axb", False),
        ("*söm*", "mein sömmer", True),
    ],
)
def test_expressions_mean_in_duckdb_what_the_pattern_says(
    pattern: str, text: str, matches: bool
) -> None:
    query = "select regexp_matches(lower($1), $2)"
    assert duckdb.execute(query, [text, pattern_to_regex(pattern)]).fetchone() == (matches,)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "channel,source\npaid_serch,x\n",
            ["line 2, channel: given 'paid_serch'", "'paid_search'"],
        ),
        ("channel,source\nemail,\n", ["line 2", "at least one pattern among source"]),
        ("channel,source\nemail,a,b\n", ["line 2", "3 cells under 2 columns", "in quotes"]),
        ("chanel,source\nemail,a\n", ["line 1", "unknown column, did you mean 'channel'?"]),
        ("source\na\n", ["line 1", "column channel is missing"]),
        ("channel,source,source\nemail,a,b\n", ["line 1", "column source is there twice"]),
        ("channel;source\nemail;a\n", ["line 1", "with commas between them"]),
        ('channel,source\nemail,"a\n', ["cannot be read"]),
    ],
)
def test_a_wrong_file_is_told_with_its_line(write: Write, text: str, parts: list[str]) -> None:
    message = _refusal(write, text)
    for part in ["channels.csv", *parts]:
        assert part in message


def test_wrong_lines_are_all_listed(write: Write) -> None:
    message = _refusal(write, "channel,source\nx,a\nemail,b\n# c\ny,d\n")
    assert message.startswith("2 problems:")
    assert "line 2, channel" in message
    assert "line 5, channel" in message
