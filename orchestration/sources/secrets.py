"""Secrets: read from the environment, and taken out of whatever is told."""

from collections.abc import Iterable, Mapping

from orchestration.sources.connector import SourceRefusedError


def secret(environment: Mapping[str, str], variable: str, what: str) -> str:
    """Return a secret.

    Args:
        environment: Environment variables.
        variable: Name of the one that holds it, which settings name.
        what: What it is, for whoever has to set it.

    Raises:
        SourceRefusedError: If it is not set or blank.
    """
    value = environment.get(variable, "").strip()
    if not value:
        raise SourceRefusedError(
            f"the environment variable {variable} is not set: it has to hold {what}"
        )
    return value


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """Replace secrets in a text by asterisks, longest first.

    Example:
        >>> without_secrets("GET /me?token=abc123", ["abc123"])
        'GET /me?token=***'
    """
    for value in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(value, "***")
    return text
