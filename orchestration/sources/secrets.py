"""Secrets: read from the environment, and taken out of whatever is told."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit

from pydantic import BaseModel

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


def secrets_of(settings: BaseModel, environment: Mapping[str, str]) -> set[str]:
    """The values of all environment variables that settings name, as texts may show them.

    Settings say `..._variable` where they name one.
    """
    values = (environment.get(name, "").strip() for name in _variables(settings))
    return {form for value in values if value for form in _forms(value)}


def _variables(settings: object) -> Iterator[str]:
    if isinstance(settings, BaseModel):
        for name in type(settings).model_fields:
            value = getattr(settings, name)
            if isinstance(value, str) and name.endswith("_variable"):
                yield value
            else:
                yield from _variables(value)
    elif isinstance(settings, tuple | list):
        for one in settings:
            yield from _variables(one)
    elif isinstance(settings, Mapping):
        yield from _variables(tuple(settings.values()))


def _forms(value: str) -> Iterator[str]:
    """A secret as it is, as it is in an address, and the password of one that is an address."""
    yield value
    yield quote(value, safe="")
    try:
        password = urlsplit(value).password
    except ValueError:  # no address
        return
    if password:
        yield password
        yield unquote(password)
