"""Two refreshes of one workspace at once: one after the other, or a refusal that says for whom."""

import json
import subprocess
import time
from pathlib import Path

from tests.conftest import ADPLAN, Command, copied, marts, own_folder


def start(workspace: Path, *options: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [ADPLAN, "refresh", "-w", workspace, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=None,
    )


def test_the_second_refresh_waits_and_says_for_whom(
    published_shop: Path, tmp_path: Path, adplan: Command
):
    shop = copied(published_shop, tmp_path / "shop")
    (own_folder(shop, "commerce.customers") / "customers.csv").touch()
    holder_file = shop / "warehouse" / ".lock.holder"
    first = start(shop)
    while not holder_file.exists():
        assert first.poll() is None
        time.sleep(0.01)
    holder = json.loads(holder_file.read_text())
    assert holder["pid"] == first.pid
    named = f"run {holder['run']} (process {first.pid} on {holder['host']})"
    second = start(shop, "--full-refresh")
    impatient = adplan("refresh", "-w", shop, "--wait", 0)
    assert first.poll() is None, "the first refresh was over before the others had asked"
    assert impatient.returncode == 1
    assert f"is being refreshed by {named}" in impatient.stderr
    assert "WorkspaceLockedError" not in impatient.stderr
    assert "give --wait SECONDS" in impatient.stderr
    _, first_report = first.communicate(timeout=300)
    _, second_report = second.communicate(timeout=300)
    assert first.returncode == 0, first_report
    assert second.returncode == 0, second_report
    assert "Lock: waiting for" not in first_report
    assert f"Lock: waiting for {named}" in second_report
    assert second_report.index("Lock: waiting for") < second_report.index("Ingest")
    assert marts(shop) == marts(published_shop)
    # Who was refused is told of, and holds nothing.
    assert not holder_file.exists()
    assert adplan("refresh", "-w", shop, "--wait", 0).returncode == 0


def test_two_workspaces_do_not_wait_for_each_other(
    published_shop: Path, tmp_path: Path, adplan: Command
):
    busy = copied(published_shop, tmp_path / "busy")
    idle = copied(published_shop, tmp_path / "idle")
    (own_folder(busy, "commerce.customers") / "customers.csv").touch()
    first = start(busy)
    while not (busy / "warehouse" / ".lock.holder").exists():
        assert first.poll() is None
        time.sleep(0.01)
    assert adplan("refresh", "-w", idle, "--wait", 0).returncode == 0
    first.kill()
    first.communicate()
