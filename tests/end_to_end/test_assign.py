"""`adplan attribution assign`: what a person decides, and what the next refresh makes of it."""

import json
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Command, copied, rows

USAGE = 2

# As the simulation spells it in one of its links; others have other case and spaces.
UTM_CAMPAIGN = "creator COLLAB  test"
SESSIONS_OF_UTM_CAMPAIGN = """
    select session_id
    from attribution.fct_touchpoints
    where lower(regexp_replace(utm_campaign, ' +', ' ', 'g')) = 'creator collab test'
    order by all
"""

# One that has credits, so that the credits' campaign can be seen to change.
UNRESOLVED_SESSION = """
    select touchpoints.session_id
    from attribution.fct_touchpoints as touchpoints
    inner join attribution.fct_credits as credits
        on touchpoints.touchpoint_id = credits.touchpoint_id
    where touchpoints.resolution_method = 'unresolved' and touchpoints.utm_campaign = 'bio link'
    order by all
    limit 1
"""


@pytest.fixture
def shop(published_shop: Path, tmp_path: Path) -> Path:
    return copied(published_shop, tmp_path / "shop")


@pytest.fixture
def session(shop: Path) -> str:
    ((found,),) = rows(shop, UNRESOLVED_SESSION)
    return str(found)


@pytest.fixture
def namesakes(tmp_path: Path) -> Path:
    """A workspace with two campaigns of one name, and one whose name is another's id."""
    (tmp_path / "landing").mkdir()
    (tmp_path / "warehouse").mkdir()
    with duckdb.connect(str(tmp_path / "warehouse" / "adplan.duckdb")) as connection:
        connection.execute("""
            create schema campaigns;
            create schema attribution;
            create table campaigns.dim_campaigns as
            from (values ('1', 'Sale'), ('2', ' sale '), ('3', '1'), ('4', null))
                as campaigns (campaign_id, campaign_name);
            create table attribution.fct_touchpoints as
            select
                's1' as session_id, 'spring' as utm_campaign, '4' as campaign_id,
                'exact_utm_match' as resolution_method
        """)
    return tmp_path


def overrides(workspace: Path) -> Path:
    return workspace / "definitions" / "campaign_overrides.csv"


def test_assigned_sessions_are_resolved_by_the_next_refresh(
    shop: Path, session: str, adplan: Command
):
    assign = ("attribution", "assign", "-w", shop)
    by_hand = overrides(shop).read_text()
    other_sessions = f"""
        select * from attribution.fct_touchpoints
        where session_id <> '{session}' and session_id not in ({SESSIONS_OF_UTM_CAMPAIGN})
        order by all
    """
    before = rows(shop, other_sessions)
    group = [str(found) for (found,) in rows(shop, SESSIONS_OF_UTM_CAMPAIGN)]
    assert len(group) > 1

    # A person who errs first: the line is put right in place.
    first = adplan(*assign, session, "camp_2")
    assert first.returncode == 0, first.stderr
    assert first.stdout == (
        f"wrote session {session} as camp_2 (Generic Search) to {overrides(shop)}; "
        f"at present it is unresolved; the next `adplan refresh -w {shop}` applies it.\n"
    )
    second = adplan(*assign, session, "  BRAND  search ", "--note", "asked, by phone")
    assert "as camp_1 (Brand Search) in place of camp_2 to" in second.stdout
    again = adplan(*assign, session, "camp_1")
    assert again.stdout.startswith("nothing to write: ")

    told = json.loads(adplan(*assign, UTM_CAMPAIGN, "camp_3", "--utm", "--json").stdout)
    assert told == {
        "change": "added",
        "file": str(overrides(shop)),
        "session_id": None,
        "utm_campaign": UTM_CAMPAIGN,
        "campaign_id": "camp_3",
        "note": None,
        "campaign_name": "Competitor Search",
        "campaign_id_before": None,
        "present": [
            {"campaign_id": None, "resolution_method": "unresolved", "sessions": len(group)}
        ],
        "is_published": False,
    }
    assert overrides(shop).read_text() == (
        by_hand + f'{session},,camp_1,"asked, by phone"\n,{UTM_CAMPAIGN},camp_3,\n'
    )

    refreshed = adplan("refresh", "-w", shop)
    assert refreshed.returncode == 0, refreshed.stderr
    resolved = {session: "camp_1"} | dict.fromkeys(group, "camp_3")
    found = rows(
        shop,
        "select session_id, campaign_id, resolution_method, resolution_confidence, "
        "unresolved_reason from attribution.fct_touchpoints "
        f"where session_id in {tuple(resolved)} order by all",
    )
    assert found == [(one, resolved[one], "manual", 1.0, None) for one in sorted(resolved)]
    assert rows(
        shop,
        "select distinct campaign_id from attribution.fct_credits "
        f"where touchpoint_id = '{session}'",
    ) == [("camp_1",)]
    assert rows(shop, other_sessions) == before

    done = adplan(*assign, session, "camp_1")
    assert "it is camp_1 by manual; so this is published already." in done.stdout


WRONG = {
    "session": (["no_such_session", "camp_1"], ["'no_such_session'", "a session_id of", "--utm"]),
    "campaign": (
        ["{session}", "CAMP_33"],
        ["'CAMP_33'", "the closest: camp_3 (Competitor Search)"],
    ),
    "campaign name": (["{session}", "brand serch"], ["'brand serch'", "camp_1 (Brand Search)"]),
    "nothing": (["", "camp_1"], ["SESSION: given ''", "accepted is text"]),
    "no utm_campaign": (["--utm", " ", "camp_1"], ["SESSION: given ''", "accepted is text"]),
    "a quote in SQL": (["' or true --", "camp_1"], ['"\' or true --"', "a session_id of"]),
    "no UTF-8": (["{session}", "camp_1", "--note", "\udcff"], ["note: given '\\udcff'", "UTF-8"]),
    "a note of lines": (["{session}", "camp_1", "--note", "a\n#b"], ["no line begins with #"]),
    "one argument": (["{session}"], ["CAMPAIGN"]),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_what_cannot_be_assigned_is_refused(
    mistake: str, shop: Path, session: str, adplan: Command
):
    arguments, said = WRONG[mistake]
    before = overrides(shop).read_bytes()
    given = [argument.format(session=session) for argument in arguments]
    result = adplan("attribution", "assign", "-w", shop, *given)
    assert result.returncode == USAGE, result.stdout + result.stderr
    assert all(part in result.stderr for part in said), result.stderr
    assert "Traceback" not in result.stderr
    assert overrides(shop).read_bytes() == before
    assert [path.name for path in overrides(shop).parent.glob(".*")] == []


def test_a_broken_file_is_refused_with_its_own_error(shop: Path, session: str, adplan: Command):
    overrides(shop).write_text("session_id,campain_id\n")
    result = adplan("attribution", "assign", "-w", shop, session, "camp_1")
    assert result.returncode == USAGE
    assert "campaign_overrides.csv, line 1: unknown column, did you mean" in result.stderr
    assert overrides(shop).read_text() == "session_id,campain_id\n"


def test_a_utm_campaign_without_sessions_waits_for_them(shop: Path, adplan: Command):
    result = adplan("attribution", "assign", "-w", shop, "--utm", "bio lnk", "camp_1")
    assert result.returncode == 0, result.stderr
    assert "no session has this utm_campaign (did you mean 'bio link'?)" in result.stdout
    assert overrides(shop).read_text().endswith("\n,bio lnk,camp_1,\n")


def test_a_name_that_campaigns_share_is_refused(namesakes: Path, adplan: Command):
    result = adplan("attribution", "assign", "-w", namesakes, "s1", "SALE")
    assert result.returncode == USAGE
    assert "2 campaigns are named 'SALE'; give an id: 1, 2" in result.stderr
    assert not overrides(namesakes).exists()


def test_an_id_comes_before_a_name_and_the_file_is_created(namesakes: Path, adplan: Command):
    result = adplan("attribution", "assign", "-w", namesakes, "s1", "1")
    assert result.stdout.startswith("wrote session s1 as 1 (Sale) to ")
    assert "at present it is 4 by exact_utm_match" in result.stdout
    assert overrides(namesakes).read_text() == (
        "session_id,utm_campaign,campaign_id,note\ns1,,1,\n"
    )


def test_tables_of_an_older_version_ask_for_a_refresh(namesakes: Path, adplan: Command):
    with duckdb.connect(str(namesakes / "warehouse" / "adplan.duckdb")) as connection:
        connection.execute("drop table campaigns.dim_campaigns")
    result = adplan("attribution", "assign", "-w", namesakes, "s1", "1")
    assert result.returncode == USAGE
    assert f"run `adplan refresh -w {namesakes}` first" in result.stderr


def test_before_a_refresh_there_is_nothing_to_assign(tmp_path: Path, adplan: Command):
    for folder, said in ((tmp_path / "none", "adplan init"), (tmp_path / "new", "adplan refresh")):
        if folder.name == "new":
            assert adplan("init", folder).returncode == 0
        result = adplan("attribution", "assign", "-w", folder, "s", "c")
        assert result.returncode == USAGE
        assert f"run `{said}" in result.stderr


def test_the_group_and_its_command_explain_themselves(adplan: Command):
    assert "assign" in adplan("attribution", "--help").stdout
    explained = adplan("attribution", "assign", "--help")
    assert explained.returncode == 0
    assert all(option in explained.stdout for option in ("--workspace", "--utm", "--note"))
