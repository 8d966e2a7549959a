"""What an alert says: one body for programs, one text for people."""

from collections.abc import Iterable, Mapping
from typing import Any

from orchestration.sources.secrets import without_secrets

_LONGEST_ERROR = 2000

_HAPPENED = {"refused": "was REFUSED by its checks", "failed": "FAILED"}


def alert_body(
    name: str, record: Mapping[str, Any], secrets: Iterable[str] = ()
) -> dict[str, object]:
    """Describe a run that did not publish.

    Args:
        name: The workspace's name.
        record: The run as the log has it; a run that could not start has no more than `run_id`,
            `outcome` and `error`.
        secrets: Taken out of what went wrong.

    Returns:
        What is posted as JSON. `text` is what Slack and its like show.
    """
    as_of = record.get("as_of")
    error = without_secrets(str(record.get("error") or ""), secrets)[:_LONGEST_ERROR]
    checks = list(record.get("refusals") or [])
    return {
        "text": _escaped(_text(name, record, checks, error)),
        "workspace": name,
        "run_id": record["run_id"],
        "outcome": record["outcome"],
        "as_of": None if as_of is None else str(as_of),
        "checks": checks,
        "error": error,
    }


def title(body: Mapping[str, object]) -> str:
    """One line: which workspace, and what happened."""
    return f"adplan: the refresh of {body['workspace']} {_HAPPENED[str(body['outcome'])]}"


def unescaped(text: str) -> str:
    """A text as it was before `<`, `>` and `&` were written for Slack."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _text(name: str, record: Mapping[str, Any], checks: list[Mapping[str, Any]], error: str) -> str:
    as_of = f", as of {record['as_of']}" if record.get("as_of") else ""
    head = title({"workspace": name, "outcome": record["outcome"]})
    lines = [f"{head} (run {record['run_id']}{as_of}). Nothing was published."]
    lines += [
        f"- {check['table']}: {check['check']}: observed {check['observed']}, "
        f"expected {check['expected']}. {check['meaning']}"
        for check in checks
    ]
    # The error of a refusal says what the checks say.
    return "\n".join(lines if checks else [*lines, error])


def _escaped(text: str) -> str:
    """Slack reads `<!channel>` as a call to everybody, whoever wrote it into a row."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
