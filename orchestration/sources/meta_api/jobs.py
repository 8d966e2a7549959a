"""Insights that Meta computes as a job: started, waited for, then read like a list."""

from orchestration.sources.connector import SourceError
from orchestration.sources.meta_api.faults import TooMuchDataError
from orchestration.sources.meta_api.graph import Graph, Params, Row

# Short jobs take seconds, long ones up to an hour.
_FIRST_POLL_SECONDS = 5.0
_LONGEST_POLL_SECONDS = 60.0
_POLL_GROWTH = 1.5

_DONE = "Job Completed"
_LOST = frozenset({"Job Failed", "Job Skipped"})
_ALL_PERCENT = 100


def run_job(graph: Graph, path: str, params: Params, what: str, timeout_seconds: float) -> str:
    """Start a job and wait until its result can be read.

    Args:
        graph: Where to.
        path: Of the insights, such as `act_1/insights`.
        params: What to compute.
        what: For whoever waits, such as `insights of act_1, 2026-01-01 to 2026-01-30`.
        timeout_seconds: How long to wait for it.

    Returns:
        Where its rows are read.

    Raises:
        TooMuchDataError: If the job failed, was skipped or took too long: a shorter range may do.
        SourceError: If it could not be started or asked for.
    """
    number = graph.start(path, params).get("report_run_id")
    if not number:
        raise SourceError(f"Meta started a job for {what} but gave no number of it")
    waited_seconds, pause_seconds = 0.0, _FIRST_POLL_SECONDS
    while True:
        job = graph.read(str(number), {"fields": ["async_status", "async_percent_completion"]})
        if _is_done(job):
            return f"{number}/insights"
        if job.get("async_status") in _LOST:
            raise TooMuchDataError(f"Meta's job for {what} ended as {_ending(job)}")
        if waited_seconds >= timeout_seconds:
            raise TooMuchDataError(
                f"Meta's job for {what} was at {_percent(job)} % after "
                f"{waited_seconds / 60:.0f} minutes"
            )
        graph.patience.report(f"{what}: Meta's job is at {_percent(job)} %")
        graph.patience.wait(pause_seconds, f"{what}: asking for the job again")
        waited_seconds += pause_seconds
        pause_seconds = min(_LONGEST_POLL_SECONDS, pause_seconds * _POLL_GROWTH)


def _is_done(job: Row) -> bool:
    # A job can be at 100 % and still be running, and its result then is an error.
    return job.get("async_status") == _DONE and _percent(job) == _ALL_PERCENT


def _percent(job: Row) -> int:
    return int(job.get("async_percent_completion") or 0)


def _ending(job: Row) -> str:
    texts = (job.get("async_status"), job.get("error_user_msg") or job.get("error_message"))
    return ": ".join(str(text) for text in texts if text)
