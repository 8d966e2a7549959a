"""A small server on loopback that answers as the Graph API does, and fails as it does.

It knows accounts with objects and daily insights, pages with cursors, computes insights as jobs,
leaves out deleted ads unless asked for them, counts calls against a quota, and puts the token into
its links. Faults are queued and happen to the next calls they match.
"""

import base64
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "EAAB-very-secret-token-0123456789"
VERSION = "v25.0"

Row = dict[str, Any]
Answer = tuple[int, Any]

STATUSES = {"ACTIVE", "PAUSED", "ARCHIVED", "IN_PROCESS", "WITH_ISSUES", "ADSET_PAUSED"} | {
    *("CAMPAIGN_PAUSED", "DISAPPROVED", "PENDING_REVIEW", "PREAPPROVED", "PENDING_BILLING_INFO")
}


def error(code: int, message: str = "something", status: int = 400, **more: object) -> Answer:
    """An error as the Graph API writes it."""
    inside = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "Atrace"}
    return status, {"error": {**inside, **more}}


@dataclass
class Account:
    """What an ad account holds; insights by raw table."""

    currency: str = "USD"
    timezone: str = "UTC"
    edges: dict[str, list[Row]] = field(default_factory=dict)
    insights: dict[str, list[Row]] = field(default_factory=dict)
    leads: dict[str, list[Row]] = field(default_factory=dict)


@dataclass
class Call:
    """A request as it arrived."""

    method: str
    path: str
    params: dict[str, str]
    url: str


@dataclass
class Fault:
    """What happens to calls it matches: an answer, or `half`, `reset` or `html`."""

    matches: Callable[[Call], bool]
    answer: Answer | str
    times: int


@dataclass
class Job:
    """Insights being computed: `polls` more times it says that it is running."""

    account: str
    params: dict[str, str]
    polls: int
    ends_as: str


class GraphServer:
    """The server; `accounts` is what it holds, `calls` what was asked."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.jobs: dict[str, Job] = {}
        self.largest_page: int | None = None
        self.job_polls = 1
        self.job_ends: Callable[[dict[str, str]], str] = lambda _: "Job Completed"
        self.headers: Callable[[], dict[str, str]] = dict
        self.quota: Callable[[], Answer | None] = lambda: None
        self.token = TOKEN
        self.url = ""
        self._numbers = count(9001)

    def fail(self, part: str, answer: Answer | str, times: int = 1, after: str = "") -> None:
        """Let the next calls whose address has `part` (and a cursor, if so) go wrong."""
        self.faults.append(
            Fault(lambda call: part in call.path and after in call.url, answer, times)
        )

    def asked(self, part: str) -> list[Call]:
        return [call for call in self.calls if part in call.path]

    def answer(self, call: Call, token: str) -> Answer | str:
        self.calls.append(call)
        if token != f"Bearer {self.token}":
            given = token.removeprefix("Bearer ")
            message = f"Error validating access token: Session has expired: {given}"
            return error(190, message, 401, error_subcode=463)
        for fault in self.faults:
            if fault.times and fault.matches(call):
                fault.times -= 1
                return fault.answer
        return self.quota() or self.result(call)

    def result(self, call: Call) -> Answer:
        """What it answers when nothing goes wrong."""
        first, _, edge = call.path.partition("/")
        if not first:
            return self._by_ids(call)
        if first in self.jobs:
            return self._job(call, first, edge)
        if first.startswith("act_"):
            return self._of_account(call, first.removeprefix("act_"), edge)
        for account in self.accounts.values():
            if edge == "leads" and first in account.leads:
                return self._page(call, account.leads[first])
        if edge == "leads":
            return self._page(call, [])
        return error(100, f"Object with ID '{first}' does not exist", error_subcode=33)

    def _of_account(self, call: Call, number: str, edge: str) -> Answer:
        account = self.accounts.get(number)
        if account is None:
            return error(100, f"Object with ID 'act_{number}' does not exist", error_subcode=33)
        if not edge:
            zone = account.timezone
            return 200, {"id": f"act_{number}", "currency": account.currency, "timezone_name": zone}
        if edge == "insights" and call.method == "POST":
            job = str(next(self._numbers))
            ends = self.job_ends(call.params)
            self.jobs[job] = Job(number, call.params, self.job_polls, ends)
            return 200, {"report_run_id": job}
        if edge == "insights":
            return self._page(call, self._insights(account, call.params))
        return self._list(call, account.edges.get(edge, []))

    def _list(self, call: Call, rows: list[Row]) -> Answer:
        statuses = set(json.loads(call.params.get("effective_status", "[]")))
        if "DELETED" in statuses:
            return error(100, "Deleted objects cannot be listed")
        shown = statuses or STATUSES - {"ARCHIVED"}
        return self._page(
            call, [row for row in rows if row.get("effective_status", "ACTIVE") in shown]
        )

    def _insights(self, account: Account, params: dict[str, str]) -> list[Row]:
        breakdowns = params.get("breakdowns", "")
        names = {"": "", "age,gender": "_age_gender", "country": "_country"}
        name = names.get(breakdowns, "_platform")
        days = json.loads(params["time_range"])
        if params["level"] == "account":
            return self._spend(account, days)
        filters = {one["field"]: one["value"] for one in json.loads(params.get("filtering", "[]"))}
        shown = filters.get("ad.effective_status", STATUSES)
        status = {row["id"]: row["effective_status"] for row in account.edges.get("ads", [])}
        return [
            {**row, "date_stop": row["date_start"]}
            for row in account.insights.get(f"meta_ads.insights{name}", [])
            if days["since"] <= row["date_start"] <= days["until"]
            and status.get(row["ad_id"], "ACTIVE") in shown
        ]

    def _spend(self, account: Account, days: Row) -> list[Row]:
        """What an account spent by day, whatever became of its ads."""
        spend: dict[str, float] = {}
        for row in account.insights.get("meta_ads.insights", []):
            if days["since"] <= row["date_start"] <= days["until"]:
                spend[row["date_start"]] = spend.get(row["date_start"], 0) + float(row["spend"])
        return [{"date_start": day, "spend": f"{sum_:.2f}"} for day, sum_ in spend.items()]

    def _job(self, call: Call, number: str, edge: str) -> Answer:
        job = self.jobs[number]
        if edge == "insights":
            if job.polls or job.ends_as != "Job Completed":
                return error(2601, "Error accessing adreport job.", is_transient=True)
            return self._page(call, self._insights(self.accounts[job.account], job.params))
        job.polls = max(0, job.polls - 1)
        # At 100 % and not done, as happens.
        status = job.ends_as if not job.polls else "Job Running"
        body = {"id": number, "async_status": status, "async_percent_completion": 100}
        return 200, body

    def _by_ids(self, call: Call) -> Answer:
        wanted = call.params["ids"].split(",")
        known = {
            row["id"]: row
            for account in self.accounts.values()
            for rows in account.edges.values()
            for row in rows
        }
        if missing := [number for number in wanted if number not in known]:
            return error(100, f"Object {missing[0]} does not exist", error_subcode=33)
        return 200, {number: known[number] for number in wanted}

    def _page(self, call: Call, rows: list[Row]) -> Answer:
        limit = int(call.params.get("limit", 25))
        if self.largest_page is not None and limit > self.largest_page:
            return error(1, "Please reduce the amount of data you're asking for", 500)
        after = call.params.get("after")
        start = int(base64.b64decode(after)) if after else 0
        page = rows[start : start + limit]
        if not page:
            return 200, {"data": []}
        end = start + len(page)
        cursor = base64.b64encode(str(end).encode()).decode()
        paging: Row = {"cursors": {"before": "x", "after": cursor}}
        if end < len(rows):
            link = f"{self.url}/{VERSION}/{call.path}?after={cursor}&access_token={self.token}"
            paging["next"] = link
        return 200, {"data": page, "paging": paging}


class _Handler(BaseHTTPRequestHandler):
    graph: GraphServer

    def do_GET(self) -> None:
        self._do("GET", urlsplit(self.path).query)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._do("POST", self.rfile.read(length).decode())

    def _do(self, method: str, query: str) -> None:
        given = {name: values[0] for name, values in parse_qs(query).items()}
        path = urlsplit(self.path).path.removeprefix(f"/{VERSION}").strip("/")
        call = Call(method, path, given, self.path)
        answer = self.graph.answer(call, self.headers.get("Authorization", ""))
        if isinstance(answer, str):
            self._break(answer, call)
        else:
            self._send(answer[0], json.dumps(answer[1]).encode())

    def _break(self, how: str, call: Call) -> None:
        if how == "reset":
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
        elif how == "html":
            self._send(502, b"<html>Bad gateway</html>")
        else:
            status, body = self.graph.result(call)
            raw = json.dumps(body).encode()
            half = raw[: len(raw) // 2]
            self._send(status, half, len(raw) if how == "half" else len(half))

    def _send(self, status: int, raw: bytes, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in self.graph.headers().items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw) if length is None else length))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running() -> Iterator[GraphServer]:
    """A server on a free port of loopback."""
    server = GraphServer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"graph": server}))
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
