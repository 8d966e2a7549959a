from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.workspace.campaign_overrides import (
    campaign_override_rows,
    load_campaign_overrides,
)
from orchestration.workspace.errors import DefinitionsError

Write = Callable[[str, str], Path]

HEADER = "session_id,utm_campaign,campaign_id,note\n"


def test_overrides_become_rows(write: Write) -> None:
    overrides = load_campaign_overrides(
        write("campaign_overrides.csv", HEADER + "s1,,00123,\n,smr sale,7,typed by hand\n")
    )
    assert [tuple(row.values()) for row in campaign_override_rows(overrides)] == [
        ("s1", None, "00123", None),
        (None, "smr sale", "7", "typed by hand"),
    ]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ("s,u,c,\n", ["line 2", "exactly one of session_id and utm_campaign"]),
        (",,c,\n", ["line 2", "exactly one of session_id and utm_campaign"]),
        ("s,,,\n", ["line 2, campaign_id: missing key", "id of the campaign"]),
        ("s,,a,\ns,,b,\n", ["line 3, session_id: given 's'", "line 2 has it already"]),
        (",Smr  Sale,a,\n,smr sale,b,\n", ["line 3, utm_campaign", "line 2 has it already"]),
    ],
)
def test_a_wrong_line_is_told(write: Write, lines: str, parts: list[str]) -> None:
    with pytest.raises(DefinitionsError) as caught:
        load_campaign_overrides(write("campaign_overrides.csv", HEADER + lines))
    for part in ["campaign_overrides.csv", *parts]:
        assert part in str(caught.value)
