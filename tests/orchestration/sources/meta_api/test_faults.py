"""What goes wrong at Meta or on the way ends in complete data or in a clear stop."""

import itertools
import json
import logging
import traceback
from datetime import timedelta

import pytest

from orchestration.sources.connector import SourceError, SourceRefusedError
from orchestration.sources.landed_files import lay
from orchestration.sources.meta_api import insights
from orchestration.sources.meta_api.faults import Verdict, fault_of
from tests.orchestration.sources.meta_api.conftest import TODAY, Meta, day, insight
from tests.orchestration.sources.meta_api.graph_server import TOKEN, Account, Answer, error

THROTTLED = [4, 17, 32, 613, *range(80000, 80015)]


def _complete(meta: Meta) -> None:
    assert len(meta.files("meta_ads.insights")) == 5
    assert len(meta.rows("meta_ads.campaigns", "1")) == 1


@pytest.mark.parametrize("code", THROTTLED)
def test_a_used_up_quota_is_waited_for(meta: Meta, code: int):
    meta.settings = {"first_day": TODAY - timedelta(days=4)}
    meta.server.fail("act_1/insights", error(code, "There have been too many calls"), times=3)
    meta.fetch()
    _complete(meta)
    assert meta.slept == [60, 60, 120]
    assert any(str(code) in report and "waiting 60 s" in report for report in meta.reports)


def test_it_is_waited_as_long_as_meta_says(meta: Meta):
    answers = iter([80004])
    usage = {
        "1": [{"type": "ads_insights", "call_count": 100, "estimated_time_to_regain_access": 7}]
    }

    def refused() -> Answer | None:
        code = next(answers, None)
        return error(code, "too many calls") if code else None

    meta.server.quota = refused
    told = iter([{"X-Business-Use-Case-Usage": json.dumps(usage)}])
    meta.server.headers = lambda: next(told, {})
    meta.fetch()
    _complete(meta)
    assert meta.slept == [420]


def test_patience_ends_and_what_was_read_stays(meta: Meta):
    meta.server.fail("act_1/adcr", error(17, "User request limit reached"), times=1000)
    with pytest.raises(SourceError, match="refusing GET act_1/adcreatives for 90 min") as caught:
        meta.fetch()
    assert not isinstance(caught.value, SourceRefusedError)
    assert sum(meta.slept) == 90 * 60
    assert len(meta.files("meta_ads.insights")) == 5


@pytest.mark.parametrize(
    "answer",
    [
        error(1, "An unknown error occurred", 500),
        error(2, "Service temporarily unavailable", 503),
        error(2, "Intermittent", 400, error_subcode=1504043),
        error(-2, "Report failed"),
        error(1234, "Try again", is_transient=True),
        error(1, "An error under a status of success", 200),
        (500, {"no": "error"}),
        (200, ["no object"]),
        "html",
        "reset",
        "half",
        "half json",
    ],
)
@pytest.mark.parametrize("place", ["act_1/campaigns", "act_1/insights", "9001/insights"])
def test_a_passing_fault_is_tried_again(meta: Meta, answer: Answer | str, place: str):
    rows = meta.server.accounts["1"].edges["campaigns"]
    rows += [{**rows[0], "id": f"c{number}"} for number in range(2, 6)]
    meta.settings = {"page_size": 2, "first_day": TODAY - timedelta(days=4), "async_from_days": 0}
    meta.server.fail(place, answer, times=2, after="" if "act_1/i" in place else "after=")
    meta.fetch()
    assert meta.slept == [2, 4]
    assert len(meta.rows("meta_ads.campaigns", "1")) == 5
    assert len(meta.files("meta_ads.insights")) == 5


@pytest.mark.parametrize("answer", ["reset", "half", "half json", "html", error(2, "unavailable")])
def test_a_page_that_fails_for_good_leaves_the_days_as_they_were(meta: Meta, answer: Answer | str):
    meta.fetch()
    before, state = meta.files("meta_ads.insights"), meta.state()
    stored = meta.server.accounts["1"].insights
    stored["meta_ads.insights"] = [insight(f"a{ad}", 0, spend="5") for ad in range(9)]
    meta.settings = {"page_size": 2}
    meta.server.fail("/insights", answer, times=99, after="after=")
    with pytest.raises(SourceError, match="no good answer to GET 9004/insights in 5 tries"):
        meta.fetch()
    assert (meta.files("meta_ads.insights"), meta.state()) == (before, state)
    meta.server.faults.clear()
    meta.fetch()
    assert len(meta.rows("meta_ads.insights", f"1/{day(0)}")) == 9


def test_a_list_that_breaks_off_replaces_nothing(meta: Meta):
    meta.fetch()
    before = meta.files("meta_ads.campaigns")
    edges = meta.server.accounts["1"].edges
    edges["campaigns"] = [{**edges["campaigns"][0], "id": f"n{number}"} for number in range(5)]
    meta.settings = {"page_size": 2}
    meta.server.fail("act_1/campaigns", "half", times=99, after="after=")
    with pytest.raises(SourceError, match="act_1/campaigns"):
        meta.fetch()
    assert meta.files("meta_ads.campaigns") == before


def test_a_server_that_does_not_answer_is_a_passing_fault(meta: Meta):
    meta.server.url = "http://127.0.0.1:9"
    with pytest.raises(
        SourceError, match=r"no good answer to GET act_1 in 5 tries.*Connect"
    ) as found:
        meta.fetch()
    assert not isinstance(found.value, SourceRefusedError)
    assert meta.slept == [2, 4, 8, 16]


def test_an_answer_that_is_no_page_is_not_an_empty_page(meta: Meta):
    meta.server.fail("act_1/campaigns", (200, {"success": True}))
    with pytest.raises(SourceError, match="an object instead of a page"):
        meta.fetch()


def test_pages_are_halved_until_meta_gives_them(meta: Meta):
    rows = [insight(f"a{ad}", 0) for ad in range(20)]
    meta.server.accounts["1"].insights["meta_ads.insights"] = rows
    meta.server.largest_page = 7
    meta.settings = {"page_size": 20}
    meta.fetch()
    assert len(meta.rows("meta_ads.insights", f"1/{day(0)}")) == 20
    limits = [int(call.params["limit"]) for call in meta.server.asked("9001/insights")]
    assert limits == [20, 10, 5, 5, 5, 5]


def test_pages_halved_in_the_middle_go_on_where_they_were(meta: Meta):
    rows = [insight(f"a{ad}", 0) for ad in range(20)]
    meta.server.accounts["1"].insights["meta_ads.insights"] = rows
    meta.settings = {"page_size": 8}
    less = error(1, "Please reduce the amount of data you're asking for, then retry", 500)
    meta.server.fail("9001/insights", less, after="after=")
    meta.fetch()
    assert len(meta.rows("meta_ads.insights", f"1/{day(0)}")) == 20
    limits = [int(call.params["limit"]) for call in meta.server.asked("9001/insights")]
    assert limits == [8, 8, 4, 4, 4]


@pytest.mark.parametrize(
    ("code", "subcode", "status"), [(190, 463, 400), (190, 460, 401), (102, 0, 400)]
)
def test_a_token_that_expires_in_the_middle_stops_at_once(
    meta: Meta, code: int, subcode: int, status: int
):
    answer = error(code, "Session has expired", status, error_subcode=subcode)
    meta.server.fail("9002/insights", answer, times=99)
    with pytest.raises(SourceRefusedError) as caught:
        meta.fetch()
    for part in ("make a new one", "META_ACCESS_TOKEN", "System users", "ads_read"):
        assert part in str(caught.value)
    assert meta.slept == []
    assert len(meta.server.asked("9002/insights")) == 1
    # The newest chunk was read before and stays; the next run goes on behind it.
    assert len(meta.files("meta_ads.insights")) == 5
    meta.server.faults.clear()
    meta.fetch()
    _complete(meta)


def test_no_token_is_told_with_its_variable(meta: Meta):
    meta.environment.clear()
    with pytest.raises(SourceRefusedError, match="META_ACCESS_TOKEN is not set"):
        meta.fetch()
    with pytest.raises(SourceRefusedError, match="META_ACCESS_TOKEN is not set"):
        meta.connector().probe(meta.given())
    assert meta.server.calls == []


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        (error(10, "Application does not have permission"), ["lacks a permission: ads_read"]),
        (
            error(200, "Ad account owner has NOT grant ads_management or ads_read permission"),
            ["ads_read or ads_management"],
        ),
        (error(294, "Managing advertisements requires ads_management"), [": ads_management."]),
        (
            error(100, "Object does not exist", error_subcode=33),
            ["sources.meta_api.accounts", "assigned to the ad account"],
        ),
        (error(100, "Tried accessing nonexisting field (cpx)"), ["cpx", "fields, breakdowns"]),
        (error(2635, "You are calling a deprecated version"), ["api_version must not be retired"]),
        (error(3018, "The start date cannot be beyond 37 months"), ["first_day must lie"]),
        (error(2, "Invalid breakdowns", error_subcode=1504041), ["breakdowns"]),
    ],
)
def test_what_asking_again_would_not_mend_stops_at_once(
    meta: Meta, answer: Answer, parts: list[str]
):
    meta.server.fail("act_1/insights", answer, times=99)
    with pytest.raises(SourceRefusedError) as caught:
        meta.fetch()
    for part in (*parts, "POST act_1/insights", "[trace Atrace]"):
        assert part in str(caught.value)
    assert len(meta.server.asked("act_1/insights")) == 1
    assert meta.files("meta_ads.insights") == {}


def test_a_permission_for_leads_is_named(meta: Meta):
    meta.server.accounts["1"].edges["campaigns"][0]["objective"] = "OUTCOME_LEADS"
    meta.server.fail("a1/leads", error(200, "Permissions error"))
    meta.settings = {"leads": True}
    with pytest.raises(SourceRefusedError, match="leads_retrieval, pages_show_list"):
        meta.fetch()
    assert "leads" not in meta.state()


def test_an_account_that_is_not_there_is_told_with_the_setting(meta: Meta):
    meta.settings = {"accounts": ["act_1", "act_404"]}
    with pytest.raises(SourceRefusedError, match=r"GET act_404 .*sources.meta_api.accounts"):
        meta.fetch()
    _complete(meta)


def test_a_job_is_polled_until_it_is_done_and_not_only_at_100_percent(meta: Meta):
    meta.server.job_polls = 4
    meta.settings = {"first_day": TODAY - timedelta(days=20)}
    meta.fetch()
    _complete(meta)
    assert meta.slept == [5, 7.5, 11.25]
    assert any("job is at 100 %" in report for report in meta.reports)


@pytest.mark.parametrize("ending", ["Job Failed", "Job Skipped"])
def test_a_failed_job_is_asked_for_in_halves(meta: Meta, ending: str):
    def ends(params: dict[str, str]) -> str:
        days = json.loads(params["time_range"])
        return ending if days["since"] < day(20) else "Job Completed"

    meta.server.job_ends = ends
    meta.settings = {"first_day": TODAY - timedelta(days=29)}
    meta.fetch()
    _complete(meta)
    # A range of a week or less is read without a job.
    assert meta.ranges() == [
        (day(29), day(0)),
        (day(29), day(15)),
        (day(29), day(23)),
        (day(22), day(15)),
        (day(22), day(19)),
        (day(18), day(15)),
        (day(14), day(0)),
    ]


def test_a_job_that_never_ends_is_asked_for_in_halves(meta: Meta):
    meta.server.job_polls = 10**6
    meta.settings = {"first_day": TODAY - timedelta(days=10), "job_timeout_minutes": 2}
    meta.fetch()
    _complete(meta)
    assert meta.ranges() == [(day(10), day(0)), (day(10), day(6)), (day(5), day(0))]


def test_a_day_that_meta_gives_in_no_way_is_a_clear_stop(meta: Meta):
    meta.server.job_ends = lambda _: "Job Failed"
    too_much = error(100, "timed out", error_subcode=1504018)
    meta.server.fail("act_1/insights", too_much, times=10**6)
    meta.server.faults[-1].matches = lambda call: call.method == "GET" and "insights" in call.path
    meta.settings = {"first_day": TODAY - timedelta(days=3)}
    with pytest.raises(SourceError, match=rf"does not give .*act_1, {day(3)}, not even alone"):
        meta.fetch()
    assert meta.files("meta_ads.insights") == {}


def test_a_day_too_large_for_pages_is_read_by_a_job(meta: Meta):
    too_much = error(100, "too much", error_subcode=1487534)
    meta.server.fail("act_1/insights", too_much, times=10**6)
    meta.server.faults[-1].matches = lambda call: (
        call.method == "GET" and call.path == "act_1/insights" and call.params["level"] == "ad"
    )
    meta.settings = {"first_day": TODAY - timedelta(days=3)}
    meta.fetch()
    assert len(meta.files("meta_ads.insights")) == 4


def test_a_killed_backfill_goes_on_where_it_was(meta: Meta, monkeypatch: pytest.MonkeyPatch):
    rows = [insight("a1", back) for back in range(90)]
    meta.server.accounts["1"].insights["meta_ads.insights"] = rows
    asked: dict[str, object] = {"first": TODAY - timedelta(days=89), "last": TODAY}
    laid = 0

    class Killed(BaseException):
        """Not an error that anything handles."""

    def lay_until_killed(*arguments: object) -> object:
        nonlocal laid
        laid += 1
        if laid == 40:
            raise Killed
        return lay(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(insights, "lay", lay_until_killed)
        with pytest.raises(Killed):
            meta.fetch(**asked)
    backfill = meta.state()["insights"]["1/meta_ads.insights"]["backfill"]
    assert backfill["read"] == [[day(29), day(0)]]
    meta.server.calls.clear()
    meta.fetch(**asked)
    assert meta.ranges() == [(day(59), day(30)), (day(89), day(60))]
    assert len(meta.files("meta_ads.insights")) == 90
    assert "backfill" not in meta.state()["insights"]["1/meta_ads.insights"]
    # Asked for once more, all of it is read again.
    meta.server.calls.clear()
    meta.fetch(**asked)
    assert len(meta.ranges()) == 3


def test_names_of_a_killed_backfill_are_asked_for_all_the_same(meta: Meta):
    rows = meta.server.accounts["1"].insights["meta_ads.insights"]
    rows.append(insight("a2", 80, spend="77"))
    deleted = {"effective_status": "DELETED", "name": "Old"}
    meta.server.accounts["1"].edges["campaigns"].append({"id": "c2", **deleted})
    meta.server.fail("act_1/campaigns", error(190, "expired"))
    with pytest.raises(SourceRefusedError):
        meta.fetch()
    meta.fetch()
    assert [row["name"] for row in meta.rows("meta_ads.campaigns", "1")] == ["Campaign 1", "Old"]


def test_calls_are_spaced_out_before_a_quota_is_used_up(meta: Meta):
    meta.server.headers = lambda: {
        "X-App-Usage": '{"call_count": 85, "total_time": 3}',
        "x-fb-ads-insights-throttle": "not json",
    }
    meta.settings = {"first_day": TODAY}
    meta.fetch()
    assert set(meta.slept) == {75.0}
    assert len(meta.slept) == len(meta.server.calls) - 1
    assert any("85 % of Meta's quota are used: waiting 75 s" in one for one in meta.reports)


class Quota:
    """60 calls that are won back over five minutes, as an app in development has per account."""

    def __init__(self, meta: Meta, used: float) -> None:
        self.meta, self.used, self.at, self.refused = meta, used, 0.0, 0

    def _decay(self) -> None:
        now = sum(self.meta.slept)
        self.used = max(0.0, self.used - (now - self.at) * 60 / 300)
        self.at = now

    def __call__(self) -> Answer | None:
        self._decay()
        if self.used + 1 > 60:
            self.refused += 1
            return error(613, "There have been too many calls from this ad-account")
        self.used += 1
        return None

    def headers(self) -> dict[str, str]:
        return {"X-Ad-Account-Usage": json.dumps({"acc_id_util_pct": self.used / 60 * 100})}


@pytest.mark.parametrize(("used", "refused"), [(0.0, 0), (60.0, 1)])
def test_at_full_use_no_call_is_refused_beyond_the_first(meta: Meta, used: float, refused: int):
    rows = [insight(f"a{ad:04}", 0) for ad in range(120)]
    meta.server.accounts["1"].insights["meta_ads.insights"] = rows
    quota = Quota(meta, used)
    meta.server.quota, meta.server.headers = quota, quota.headers
    meta.settings = {"page_size": 1, "first_day": TODAY}
    meta.fetch()
    assert len(meta.rows("meta_ads.insights", f"1/{day(0)}")) == 120
    assert quota.refused == refused
    # The quota gives a call every 5 s; nearly all of it is used.
    assert sum(meta.slept) < 1.25 * 5 * len(meta.server.calls)


def test_the_token_is_nowhere_but_in_the_header(
    meta: Meta, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    caplog.set_level(logging.DEBUG)
    for name in ("dlt", "urllib3", "requests"):
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).propagate = True
    rows = [insight(f"a{ad}", 0) for ad in range(9)]
    meta.server.accounts["1"].insights["meta_ads.insights"] = rows
    meta.settings = {"page_size": 2, "accounts": [1, 2], "leads": True, "first_day": TODAY}
    meta.server.accounts["2"] = Account()
    meta.server.fail("act_1/ads", "reset")
    meta.server.fail("act_2/ads", error(17, f"Too many calls with {TOKEN}"))
    meta.fetch()
    told = []
    for place, answer in itertools.product(
        ("act_1", "act_1/insights", "/insights"),
        (
            error(190, f"Malformed access token {TOKEN}"),
            error(100, f"wrong: {TOKEN}", error_user_msg=TOKEN),
            error(1, f"unknown {TOKEN}"),
            error(1, f"reduce the amount of data {TOKEN}", 500),
            error(10, TOKEN),
            error(4711, TOKEN),
            (302, {"location": TOKEN}),
        ),
    ):
        meta.server.fail(place, answer, times=20)
        meta.settings["async_from_days"] = 0
        with pytest.raises(SourceError) as caught:
            meta.fetch(everything=True)
        meta.server.faults.clear()
        assert TOKEN not in str(caught.value)
        told += traceback.format_exception(caught.value)
        failure: BaseException | None = caught.value
        while failure is not None:
            told += [repr(failure), str(vars(failure))]
            failure = failure.__cause__ or failure.__context__
    out, err = capfd.readouterr()
    told += [out, err, caplog.text, *meta.reports, *(call.url for call in meta.server.calls)]
    assert len(meta.reports) > 20
    assert TOKEN not in "".join(told)
    files = meta.all_files()
    assert any(file.suffix == ".json" for file in files)
    for file in files:
        assert TOKEN.encode() not in file.read_bytes()
        assert b"access_token" not in file.read_bytes()


def test_an_error_under_any_status_is_an_error():
    assert fault_of(200, {"data": []}).verdict is Verdict.GOOD
    assert fault_of(200, {"error": {"code": 190}}).verdict is Verdict.TOKEN
    assert fault_of(302, None).verdict is Verdict.UNKNOWN
    assert fault_of(401, None).verdict is Verdict.TOKEN
    assert fault_of(404, None).verdict is Verdict.UNKNOWN
    assert fault_of(429, "busy").verdict is Verdict.THROTTLED
    assert fault_of(200, None).verdict is Verdict.TRANSIENT
    assert fault_of(400, {"error": {"code": None}}).verdict is Verdict.UNKNOWN
