"""Nothing that a refresh starts tells anybody of it.

How it is known: the refresh runs under `strace`, which sees the system calls of the process and
of every process it starts. A hook within Python would miss dbt, which is given a scrubbed
environment, and everything that is not Python; a machine without network would show only that
the refresh can do without. Where `strace` is missing or not allowed to trace, this is skipped.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from orchestration.defs.dbt.project import PROJECT_DIR
from tests.conftest import ADPLAN, copied

LOOPBACK = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"')
FAMILY = re.compile(r"sa_family=(AF_\w+)")
# On this machine, and to nowhere else: other processes, and the kernel.
LOCAL_FAMILIES = {"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}


@pytest.fixture
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed")
    tried = subprocess.run([found, "-f", "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"strace may not trace here: {tried.stderr.strip().splitlines()[-1]}")
    return found


def leaving(trace: str) -> list[str]:
    """System calls that name an address beyond this machine."""
    return [
        line
        for line in trace.splitlines()
        if (family := FAMILY.search(line))
        and family.group(1) not in LOCAL_FAMILIES
        and not LOOPBACK.search(line)
    ]


def test_a_refresh_connects_nowhere(strace: str, published_shop: Path, tmp_path: Path):
    shop = copied(published_shop, tmp_path / "shop")
    trace = tmp_path / "trace"
    result = subprocess.run(
        [strace, "-f", "--seccomp-bpf", "-s", "200", "-o", trace,
         "-e", "trace=connect,sendto,sendmsg,sendmmsg,execve",
         ADPLAN, "refresh", "-w", shop, "--full-refresh"],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    calls = trace.read_text(errors="replace")
    # The trace covers dbt and would have shown a connection.
    assert re.search(r'execve\("[^"]*/dbt"', calls)
    assert leaving(calls) == []


def test_the_trace_would_show_a_connection(strace: str, tmp_path: Path):
    trace = tmp_path / "trace"
    dial = (
        "import socket, subprocess, sys; s = socket.socket(); s.settimeout(0.1)\n"
        "try: s.connect(('192.0.2.1', 9))\n"
        "except OSError: pass\n"
    )
    subprocess.run(
        [strace, "-f", "--seccomp-bpf", "-o", trace, "-e", "trace=connect,execve",
         "sh", "-c", 'env -i "$0" -c "$1"; true', shutil.which("python3") or "python3", dial],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert len(leaving(trace.read_text())) == 1


def test_every_tool_is_told_to_keep_quiet(published_shop: Path):
    dagster = yaml.safe_load((published_shop / ".dagster" / "dagster.yaml").read_text())
    assert dagster["telemetry"] == {"enabled": False}
    project = yaml.safe_load((PROJECT_DIR / "dbt_project.yml").read_text())
    assert project["flags"]["send_anonymous_usage_stats"] is False
    log = (published_shop / "logs" / "dbt.log").read_text()
    assert "Sending event" not in log


def test_no_tool_keeps_an_identity_for_its_maker(published_shop: Path):
    """Dagster and dbt write one where they are allowed to report usage."""
    identities = [
        path
        for name in (".telemetry", ".user.yml", "id.yaml", ".logs_queue")
        for path in published_shop.rglob(name)
    ]
    assert identities == []
