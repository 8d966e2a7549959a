"""What Dagster's events say went wrong, in the words of whoever raised it."""

from collections.abc import Iterable

from dagster import DagsterEvent, DagsterEventType
from dagster_shared.error import SerializableErrorInfo


def first_error(events: Iterable[DagsterEvent]) -> str | None:
    """What stopped a run, by its events; None where none of them tells of an error."""
    for event in events:
        error = getattr(event.event_specific_data, "error", None)
        # What was tried again did not stop it.
        is_over = event.event_type != DagsterEventType.STEP_UP_FOR_RETRY
        if is_over and isinstance(error, SerializableErrorInfo):
            return _root_message(error)
    return None


def _root_message(error: SerializableErrorInfo) -> str:
    """The message of the first of a chain of errors, without the name of its class."""
    while error.cause is not None:
        error = error.cause
    return str(error.message).strip().split(f"{error.cls_name}: ", 1)[-1]
