"""Asks a connector, and lets out nothing that it must not tell."""

import traceback
from collections.abc import Callable, Set
from pathlib import Path
from typing import TypeVar

from orchestration.sources.connector import SourceError, SourceRefusedError
from orchestration.sources.secrets import without_secrets

Answer = TypeVar("Answer")


def asked(ask: Callable[[], Answer], secrets: Set[str]) -> Answer | SourceError:
    """Return an answer, or why there is none, without secrets.

    The failure is returned and one of its own: an exception that is raised drags its cause along,
    and errors of HTTP and database libraries show requests, with their tokens.

    Args:
        ask: What asks the connector.
        secrets: What no message may show.

    Returns:
        The answer; a `SourceRefusedError` also for a fault of the connector, which would happen
        again.
    """
    try:
        return ask()
    except SourceRefusedError as refusal:
        return SourceRefusedError(without_secrets(str(refusal), secrets))
    except SourceError as failure:
        return SourceError(without_secrets(str(failure), secrets))
    except Exception as fault:
        return SourceRefusedError(without_secrets(_described(fault), secrets))


def _described(fault: Exception) -> str:
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    place = f"{Path(frame.filename).name}, line {frame.lineno}"
    return f"unexpected {type(fault).__name__}: {fault} ({place})"
