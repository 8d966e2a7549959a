"""What the server or its driver complains of, in words that help and hold no secret."""

import re
from collections.abc import Iterable

from orchestration.sources.connector import SourceError, SourceRefusedError
from orchestration.sources.secrets import without_secrets

# What asking again does not mend: a part of the message, and what would help. The driver gives a
# code for some of them only.
_REFUSALS = (
    ("password authentication failed", "check user and password in {variable}"),
    ("no password supplied", "put a password into {variable}"),
    ("no pg_hba.conf entry", "the server does not let this machine, user or database in"),
    ("server does not support ssl", "the server has no TLS: change sslmode in {variable}"),
    ("certificate", "the server's certificate is not accepted: see sslmode and sslrootcert"),
    ("sslmode", "check sslmode in {variable}"),
    ("role", "check the user in {variable}"),
    ("database", "check the database in {variable}"),
    ("uri", "write {variable} as postgresql://user:password@host:5432/database"),
    ("percent-encoded", "write special characters of the password as %XX in {variable}"),
    ("connection info string", "write {variable} as postgresql://user:password@host:5432/database"),
    ("permission denied", "grant select on the table, and usage on its schema, to the user"),
    ("relation", "check the schema and the tables in adplan.yaml"),
    ("column", "check the columns in adplan.yaml"),
)
_FATAL_WORDS = ("does not exist", "permission denied", "authentication failed", "invalid")

_HINTS = (
    ("could not translate host name", "the host in {variable} is not known: check its name"),
    ("connection refused", "nothing answers there: check host and port in {variable}"),
    ("timeout expired", "no answer in time: check host, port and firewalls"),
    ("closed the connection", "the connection broke; what was landed before is as it was"),
    ("could not receive data", "the connection broke; what was landed before is as it was"),
)


def fault(error: BaseException, variable: str, secrets: Iterable[str]) -> SourceError:
    """Return what to raise instead of an error of the driver.

    Args:
        error: What the driver raised.
        variable: Name of the environment variable that holds the URL.
        secrets: What must not be told: the URL, the password.
    """
    said = without_secrets(_message(str(error)), secrets)
    folded = said.lower()
    for part, hint in _HINTS:
        if part in folded:
            return SourceError(f"{said}: {hint.format(variable=variable)}")
    for part, hint in _REFUSALS:
        if part in folded and _is_final(folded):
            return SourceRefusedError(f"{said}: {hint.format(variable=variable)}")
    return SourceError(said)


def _is_final(folded: str) -> bool:
    words = (*_FATAL_WORDS, "no password", "pg_hba", "ssl", "certificate", "missing")
    return any(word in folded for word in words)


def _message(text: str) -> str:
    """The server's own words: without the query, the address and the driver's preface."""
    text = text.split("\n\nQuery was:", maxsplit=1)[0]
    found = re.search(r"(?:ERROR|FATAL|PANIC):\s+(.*)", text)
    if found:
        return found.group(1).strip()
    first = text.strip().splitlines()[0] if text.strip() else "no reason was given"
    first = re.sub(r"^(?:[A-Z_]+: )?\[libpq\] (?:Failed to connect: )?", "", first)
    return re.sub(r"^connection to server .*? failed: ", "", first).strip()
