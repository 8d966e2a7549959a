"""Importing the checks is cheap, and running them tells nobody."""

import json
import pkgutil
import subprocess
import sys

import pytest

import expectations

_MODULES = sorted(
    module.name for module in pkgutil.walk_packages(expectations.__path__, "expectations.")
)

_IMPORT_ALL = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps("great_expectations" in sys.modules))
"""

# The interpreter reports every connection it opens to an audit hook.
_RUN_A_GATE = """
import json, sys
opened = []
sys.addaudithook(
    lambda event, args: opened.append(str(args)) if event.startswith("socket.connect") else None
)
import duckdb
from expectations.gate import run_mart_gate
connection = duckdb.connect()
connection.execute("create schema conversions")
connection.execute(
    "create table conversions.dim_goals as "
    "select null as goal, 'purchase' as conversion_type"
)
results = run_mart_gate(connection, ["conversions.dim_goals"])
print(json.dumps([opened, [r.check_name for r in results if not r.passed]]))
"""


def _python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )


def test_no_module_imports_great_expectations():
    assert "expectations.landing.web_events" in _MODULES
    assert json.loads(_python(_IMPORT_ALL, json.dumps(_MODULES)).stdout) is False


@pytest.fixture(scope="module")
def gate_run() -> subprocess.CompletedProcess[str]:
    return _python(_RUN_A_GATE)


def test_a_gate_opens_no_connection(gate_run: subprocess.CompletedProcess[str]):
    assert json.loads(gate_run.stdout) == [[], ["key_is_never_null"]]


def test_a_gate_prints_nothing_of_its_own(gate_run: subprocess.CompletedProcess[str]):
    assert gate_run.stderr == ""
