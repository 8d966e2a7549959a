"""Dagster's records of a run, through connections that stay open."""

from pathlib import Path

import dagster as dg
from dagster import DagsterInstance

from orchestration.runs.dagster_home import prepare_dagster_home
from orchestration.runs.event_log import _MOST_OPEN, OpenEventLog
from orchestration.workspace.paths import Workspace


@dg.op
def work() -> None:
    pass


@dg.job(executor_def=dg.in_process_executor)
def working() -> None:
    work()


def instance_of(root: Path) -> DagsterInstance:
    return DagsterInstance.from_config(str(prepare_dagster_home(Workspace(root))))


def test_another_process_sees_a_run_while_its_log_is_open(tmp_path: Path):
    with instance_of(tmp_path) as writing, instance_of(tmp_path) as reading:
        assert isinstance(writing.event_log_storage, OpenEventLog)
        result = working.execute_in_process(instance=writing)
        written = [event.event_type_value for event in result.all_events]
        read = [one.dagster_event_type.value for one in reading.all_logs(result.run_id)
                if one.dagster_event_type]  # fmt: skip
        assert set(written) <= set(read)
        assert reading.get_run_by_id(result.run_id).is_success


def test_a_few_connections_stay_open_and_none_after_the_end(tmp_path: Path):
    with instance_of(tmp_path) as instance:
        log = instance.event_log_storage
        for _ in range(_MOST_OPEN + 3):
            run_id = working.execute_in_process(instance=instance).run_id
        assert len(log._kept) == _MOST_OPEN
        assert run_id in log._kept
    assert not log._kept
    with instance_of(tmp_path) as again:
        assert len(again.get_runs()) == _MOST_OPEN + 3
