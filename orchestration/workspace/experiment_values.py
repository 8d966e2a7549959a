"""Values as YAML on one line, such that reading them gives the same value again."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

# Text that may mean nothing else in YAML, unless it is a word or a number of YAML's own.
_PLAIN = re.compile(r"\w(?:[\w ./-]*[\w./-])?")

# JSON leaves these as they are, and YAML accepts none of them between quotes.
_NOT_PRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def yaml_text(value: object) -> str:
    """Write a value as YAML.

    Args:
        value: Text, a number, a date or time, true or false, or lists and mappings of these.

    Returns:
        The value in flow style; text in quotes where it could be read as something else.

    Example:
        >>> yaml_text([{"name": "a, b", "split": 0.5, "is_control": True}, "120", "plain"])
        '[{name: "a, b", split: 0.5, is_control: true}, "120", plain]'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {yaml_text(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(yaml_text, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        # Every time that is read without an offset is in UTC.
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, int | float) else _text(str(value))


def _text(value: str) -> str:
    if _PLAIN.fullmatch(value) and _read(value) == value:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _NOT_PRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def _read(written: str) -> object:
    try:
        content: object = YAML(typ="safe", pure=True).load(StringIO(written))
    except (YAMLError, ValueError):
        return None
    return content
