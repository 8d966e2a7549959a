"""Landing files of a shop where everything goes wrong that can, and the count of what did."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

AS_OF = "2026-03-10"
DAY = "2026-03-09"
NOON = f"{DAY} 12:00:00"

# Text that means something to SQL, Jinja, Rich, a shell, CSV, printf or a terminal.
NASTY = (
    "'; drop table x; --",
    "{{ 1/0 }}",
    "{% raw %}",
    "{{ env_var('HOME') }}",
    "{# comment",
    "$(touch /tmp/adplan_was_here)",
    'quoted "text", with a comma',
    "[bold]not markup[/bold]",
    "%s %(name)s {0} \\n",
    "żółw Straße ĲSSELMEER",
    "🐢👩‍👩‍👧‍👦🇺🇳",
    "مرحبا بالعالم",
    "\u202etxet desrever",
    "שלום <b>עולם</b>",
    "NULL",
    "line one\nline two",
)
HUGE = "x" * 1_000_000

ORDER_COLUMNS = (
    "id", "customer_id", "visitor_id", "status", "currency_code", "total", "promo_code",
    "created_at", "updated_at",
)  # fmt: skip


@dataclass
class Expected:
    """What loading a table has to count.

    Attributes:
        accepted: Rows of the raw table.
        duplicate: Rows that lose against another of their key.
        reasons: Quarantined rows by reason.
    """

    accepted: int = 0
    duplicate: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows read, accepted, duplicate and quarantined."""
        refused = self.reasons.total()
        return (self.accepted + self.duplicate + refused, self.accepted, self.duplicate, refused)


def write_bad_landing(workspace: Path) -> dict[str, Expected]:
    """Fill the landing folder and return what has to become of each table's rows."""
    landing = workspace / "landing"
    return {
        "commerce.orders": _orders(landing / "commerce" / "orders"),
        "commerce.customers": _customers(landing / "commerce" / "customers"),
        "commerce.refunds": _refunds(landing / "commerce" / "refunds"),
        "web.events": _events(landing / "web" / "events"),
        "crm.form_submissions": _forms(landing / "crm" / "form_submissions"),
        "meta_ads.campaigns": _campaigns(landing / "meta_ads" / "campaigns"),
        "meta_ads.insights": _insights(landing / "meta_ads" / "insights"),
        "finance.fx_rates": _rates(landing / "finance" / "fx_rates"),
    }


def _orders(folder: Path) -> Expected:
    def order(identity: str, **changed: str) -> list[str]:
        row = {
            "id": identity, "customer_id": "", "visitor_id": "", "status": "completed",
            "currency_code": "USD", "total": "10", "promo_code": "", "created_at": NOON,
            "updated_at": NOON, **changed,
        }  # fmt: skip
        return [row[name] for name in ORDER_COLUMNS]

    good = [
        order(
            f"nasty_{number}", promo_code=text, customer_id=f"c_{number}", visitor_id=f"v_{number}"
        )
        for number, text in enumerate(NASTY)
    ]
    odd = [
        order("ghost", customer_id="no such customer"),
        order("free", total="0"),
        order("no_rate", currency_code="SEK", total="100"),
        order("no_rate_that_day", currency_code="EUR", created_at="2026-03-01 12:00:00"),
        order("rate", currency_code="EUR", total="100"),
        order("bare", status="", currency_code="", total="", updated_at=""),
    ]
    refused = {
        "negative_amount": order("below_zero", total="-5"),
        "missing_key": order(""),
        "future_timestamp": order("tomorrow", created_at="2026-03-20 00:00:00"),
        "unparseable_timestamp": order("never", created_at="31st of February"),
        "missing_timestamp": order("sometime", created_at=""),
        "unknown_currency": order("doubloons", currency_code="??"),
        "unparseable_number": order("ten", total="ten"),
    }
    versions = [
        order("twice", total="1", updated_at=f"{DAY} 13:00:00"),
        order("twice", total="2", updated_at=f"{DAY} 15:00:00"),
        order("twice", total="3", updated_at=f"{DAY} 14:00:00"),
    ]
    _csv(folder / "orders.csv", ORDER_COLUMNS, [*good, *odd, *refused.values(), *versions])
    # A newer file, but an older version of the order.
    late = order("twice", total="99", updated_at=f"{DAY} 12:30:00")
    _csv(folder / "orders_late.csv", ORDER_COLUMNS, [late])
    _csv(folder / "only_a_header.csv", ORDER_COLUMNS, [])
    (folder / "empty.csv").touch()
    (folder / "broken.parquet").write_bytes(b"PAR1 this is no Parquet file")
    (folder / "notes.xlsx").write_bytes(b"PK\x03\x04 whatever")
    return Expected(
        accepted=len(good) + len(odd) + 1,
        duplicate=3,
        reasons=Counter([*refused, "unreadable_file", "unreadable_file"]),
    )


def _customers(folder: Path) -> Expected:
    customers: list[object] = [
        {"id": f"c_{number}", "first_name": text, "city": text, "email": f"c{number}@example.com",
         "created_at": NOON}
        for number, text in enumerate(NASTY)
    ]  # fmt: skip
    customers += [{"id": "nothing_else", "first_name": None, "city": None, "email": None}]
    _lines(folder / "customers.jsonl", customers, ["this is not JSON"])
    return Expected(len(customers), reasons=Counter(["unreadable_json"]))


def _refunds(folder: Path) -> Expected:
    columns = ("id", "order_id", "customer_id", "amount", "currency_code", "created_at")
    refunds = [
        ["r1", "nasty_0", "", "4", "USD", NOON],
        ["r2", "no such order", "", "4", "USD", NOON],
        ["r3", "nasty_0", "", "-4", "USD", NOON],
    ]
    _csv(folder / "refunds.csv", columns, refunds)
    return Expected(2, reasons=Counter(["negative_amount"]))


def _events(folder: Path) -> Expected:
    def event(identity: str | None, **changed: object) -> dict[str, object]:
        page = "https://shop.example/"
        return {"event_id": identity, "event_type": "page_view", "timestamp": f"{DAY}T11:00:00Z",
                "visitor_id": f"v_of_{identity}", "page_url": page, **changed}  # fmt: skip

    good = [
        event(f"e_{number}", visitor_id=f"v_{number}", utm_source="newsletter", utm_medium="email",
              utm_campaign=text, utm_content=text, utm_term=text)
        for number, text in enumerate(NASTY)
    ]  # fmt: skip
    good += [
        event("e_huge", utm_source="x", utm_campaign=HUGE),
        event("e_nested", properties={"percent": 80, "deep": {"{{ 1/0 }}": ["'; --"]}}),
        event("e_text", properties='{"percent": "75"}'),
        event("e_null", visitor_id=None, page_url=None),
    ]
    refused = {
        "unreadable_json": event("e_json", properties='{"percent": [7'),
        "missing_key": event(None),
        "future_timestamp": event("e_future", timestamp="2027-01-01T00:00:00Z"),
        "unparseable_timestamp": event("e_time", timestamp="soon"),
        "unknown_currency": event("e_currency", currency="bitcoin"),
    }
    rows = [*good, *refused.values(), good[0]]
    (folder / "date=2026-03-09").mkdir(parents=True)
    _lines(folder / "date=2026-03-09" / "events.jsonl", rows, ['{"event_id": "cut'])
    (folder / "array.json").write_text("[]")
    return Expected(len(good), 1, Counter([*refused, "unreadable_json"]))


def _forms(folder: Path) -> Expected:
    forms: list[object] = [
        {"id": f"f_{number}", "form_name": "newsletter", "email": f"c{number}@example.com",
         "submitted_at": NOON, "message": text, "fields": {text: text}}
        for number, text in enumerate(NASTY)
    ]  # fmt: skip
    broken = {"id": "f_broken", "form_name": "newsletter", "submitted_at": NOON, "fields": "{a:"}
    _lines(folder / "forms.jsonl", [*forms, broken], [])
    return Expected(len(forms), reasons=Counter(["unreadable_json"]))


def _campaigns(folder: Path) -> Expected:
    campaigns = [{"id": f"m_{number}", "name": text} for number, text in enumerate(NASTY)]
    (folder / "campaigns.json").write_text(json.dumps(campaigns))
    return Expected(len(campaigns))


def _insights(folder: Path) -> Expected:
    def ad_day(ad: str, **changed: object) -> dict[str, object]:
        return {"ad_id": ad, "date_start": DAY, "account_currency": "USD", "campaign_id": "m_1",
                "impressions": "100", "clicks": "5", "spend": "12.34", **changed}  # fmt: skip

    good = [ad_day("a_1"), ad_day("a_sek", account_currency="SEK"), ad_day("a_bare", spend=None)]
    refused = {
        "negative_amount": ad_day("a_below_zero", spend="-1"),
        "unreadable_json": ad_day("a_json", actions="[{"),
    }
    _lines(folder / "insights.jsonl", [*good, *refused.values()], [])
    return Expected(len(good), reasons=Counter([*refused]))


def _rates(folder: Path) -> Expected:
    columns = ("date", "from_currency", "to_currency", "rate")
    _csv(folder / "rates.csv", columns, [[DAY, "EUR", "USD", "1.1"]])
    return Expected(1)


def _csv(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


def _lines(path: Path, rows: Sequence[object], broken: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([*lines, *broken]) + "\n", encoding="utf-8")
