from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.workspace.campaign_overrides import (
    CampaignOverride,
    assign_campaign,
    campaign_override_rows,
    load_campaign_overrides,
)
from orchestration.workspace.errors import DefinitionsError, WorkspaceError

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


FILE = "campaign_overrides.csv"

# Everything a person may have put there that means nothing to a reader.
BY_HAND = (
    '# Ours, "since" May\n'
    "\n"
    " #,indented, comment\n"
    "Session_ID, utm_campaign ,campaign_id,note\n"
    "s1,, 00123 ,\n"
    "#s1,,off,\n"
    "\n"
    ',"smr, sale","7","typed ""by"" hand\nover lines"\n'
    ",,,\n"
    "s2,,8,  why\n"
    "# the end"
)


def session(session_id: str, campaign_id: str, note: str | None = None) -> CampaignOverride:
    return CampaignOverride(session_id=session_id, campaign_id=campaign_id, note=note)


def utm(utm_campaign: str, campaign_id: str, note: str | None = None) -> CampaignOverride:
    return CampaignOverride(utm_campaign=utm_campaign, campaign_id=campaign_id, note=note)


def written(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def test_a_new_line_comes_last_and_the_rest_is_kept(write: Write) -> None:
    path = write(FILE, BY_HAND)
    done = assign_campaign(path, session("s3", "9", "because"))
    assert written(path) == BY_HAND + "\ns3,,9,because\n"
    assert (done.change, done.before) == ("added", None)
    assert load_campaign_overrides(path)[-1] == done.override == session("s3", "9", "because")
    assert [file.name for file in path.parent.iterdir()] == [FILE]


@pytest.mark.parametrize(
    ("wanted", "old", "new"),
    [
        (session("s1", "9"), " 00123 ,", " 9 ,"),
        (session(" s1 ", " 9", " n "), " 00123 ,", " 9 ,n"),
        (session("s1", "a,b"), " 00123 ,", '" a,b ",'),
        (session("s2", "9"), ",8,  why", ",9,  why"),
        (session("s2", "8", "#1"), ",8,  why", ',8,"  #1"'),
        (session("s2", "8", ""), ",8,  why", ",8,  "),
        (utm("SMR,  Sale", "9"), '"7"', '"9"'),
        (utm("smr, sale", "7", ""), '"typed ""by"" hand\nover lines"', '""'),
    ],
)
def test_a_line_of_the_same_subject_is_replaced_in_place(
    write: Write, wanted: CampaignOverride, old: str, new: str
) -> None:
    path = write(FILE, BY_HAND)
    before = load_campaign_overrides(path)
    done = assign_campaign(path, wanted)
    assert BY_HAND.count(old) == 1
    assert written(path) == BY_HAND.replace(old, new)
    assert done.change == "replaced"
    assert done.before in before
    after = load_campaign_overrides(path)
    assert [one for one in after if one not in before] == [done.override]
    assert [one for one in before if one not in after] == [done.before]


@pytest.mark.parametrize(
    "wanted",
    [session("s1", "00123"), session("s1", "00123", ""), utm(" Smr,\tSALE", "7"),
     session("s2", "8", "why")],
)  # fmt: skip
def test_the_same_again_writes_nothing(write: Write, wanted: CampaignOverride) -> None:
    path = write(FILE, BY_HAND)
    before = path.stat()
    assert assign_campaign(path, wanted).change == "unchanged"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("", "session_id,utm_campaign,campaign_id,note\ns1,,c,\n"),
        ("# mine\n", "session_id,utm_campaign,campaign_id,note\ns1,,c,\n"),
        ("# mine", "\nsession_id,utm_campaign,campaign_id,note\ns1,,c,\n"),
        ("# mine\r\n", "session_id,utm_campaign,campaign_id,note\r\ns1,,c,\r\n"),
        ("note,campaign_id,session_id\n", ",c,s1\n"),
        ("CAMPAIGN_ID , session_id", "\nc,s1\n"),
        ("session_id,campaign_id\r\nother,c", "\r\ns1,c\r\n"),
        ("session_id,campaign_id\rother,c\r", "s1,c\r"),
        ("\ufeffsession_id,campaign_id\n", "s1,c\n"),
    ],
)
def test_a_line_fits_the_header_and_the_line_ends(write: Write, text: str, added: str) -> None:
    path = write(FILE, "")
    path.write_bytes(text.encode())
    assign_campaign(path, session("s1", "c"))
    assert written(path) == text + added
    assert load_campaign_overrides(path)[-1] == session("s1", "c")


def test_windows_line_ends_survive_a_replaced_line(write: Write) -> None:
    path = write(FILE, "")
    path.write_bytes(BY_HAND.replace("\n", "\r\n").encode("utf-8-sig"))
    assign_campaign(path, session("s2", "9"))
    expected = BY_HAND.replace(",8,", ",9,").replace("\n", "\r\n")
    assert path.read_bytes() == expected.encode("utf-8-sig")


def test_a_missing_file_is_created_with_its_header(tmp_path: Path) -> None:
    path = tmp_path / "definitions" / FILE
    assert assign_campaign(path, utm("bio link", "c")).change == "added"
    assert written(path) == HEADER + ",bio link,c,\n"


def test_a_link_stays_a_link_and_the_mode_is_kept(write: Write, tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text(HEADER)
    kept.chmod(0o640)
    path = write(FILE, "")
    path.unlink()
    path.symlink_to(kept)
    assign_campaign(path, session("s1", "c"))
    assert path.is_symlink()
    assert kept.read_text() == HEADER + "s1,,c,\n"
    assert kept.stat().st_mode & 0o777 == 0o640


ODD = st.text(alphabet=" #,\"'\tsé\u00a0\u2028;|\\", max_size=6)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.booleans(), ODD, ODD, st.none() | ODD), max_size=4))
def test_odd_values_read_back_as_given(
    write: Write, lines: list[tuple[bool, str, str, str | None]]
) -> None:
    path = write(FILE, "note,campaign_id,utm_campaign,session_id\n")
    expected: dict[tuple[str, str], tuple[str, str | None]] = {}
    for is_utm, text, campaign_id, note in lines:
        make = utm if is_utm else session
        # A letter, because a subject and a campaign of white space only are none.
        done = assign_campaign(path, make(text + "x", campaign_id + "x", note))
        kept = expected.get(done.override.subject, ("", None))[1]
        told = kept if note is None else note.strip() or None
        expected[done.override.subject] = ((campaign_id + "x").strip(), told)
    found = {one.subject: (one.campaign_id, one.note) for one in load_campaign_overrides(path)}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "wanted", "parts"),
    [
        ("session_id,campain_id\n", session("s", "c"), ["line 1", "did you mean 'campaign_id'?"]),
        (HEADER + "s,,a,\ns,,b,\n", session("s", "c"), ["line 3", "line 2 has it already"]),
        (HEADER + '"s,,a,\n', session("t", "c"), ["cannot be read"]),
        ("campaign_id,utm_campaign\n", session("s", "c"), ["column session_id is missing"]),
        ("campaign_id,session_id\na,s\n", session("s", "c", "n"), ["column note is missing"]),
        (
            HEADER,
            session("s", "c", "why\n# so"),
            ["be read as it was given", "no line begins with #"],
        ),
        (HEADER, session("s", "c", "n" * 200_000), ["131,072 characters"]),
        (HEADER, session(" ", "c"), ["be read as it was given"]),
    ],
)
def test_what_cannot_be_written_is_refused_and_the_file_stays(
    write: Write, text: str, wanted: CampaignOverride, parts: list[str]
) -> None:
    path = write(FILE, text)
    with pytest.raises(DefinitionsError) as caught:
        assign_campaign(path, wanted)
    for part in [f"{path}", *parts]:
        assert part in str(caught.value)
    assert written(path) == text
    assert [file.name for file in path.parent.iterdir()] == [FILE]


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "definitions").touch()
    with pytest.raises(WorkspaceError, match="Cannot write"):
        assign_campaign(tmp_path / "definitions" / FILE, session("s", "c"))
