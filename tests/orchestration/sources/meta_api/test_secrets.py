"""The token is in nothing that is kept, whatever goes wrong."""

from pathlib import Path

import dagster as dg
import pytest
import yaml

from orchestration.defs.sources.assets import source_asset
from orchestration.runs.resource import Refresh
from orchestration.sources.meta_api.connector import MetaApi
from orchestration.sources.registry import KINDS
from tests.orchestration.sources.meta_api.conftest import TOKEN, Meta
from tests.orchestration.sources.meta_api.graph_server import Answer, error

FAULTS = {
    "no fault": (None, "act_1/campaigns"),
    "an expired token, which Meta repeats": (
        error(190, f"Malformed access token {TOKEN}", 401),
        "act_1/insights",
    ),
    "a server that repeats the request": (
        error(2, f"https://graph.facebook.com/act_1?access_token={TOKEN}", 500),
        "act_1/ads",
    ),
    "lost connections": ("reset", "act_1/adsets"),
    "an unknown account": (error(100, f"No object for {TOKEN}", error_subcode=33), "act_1"),
}


@pytest.mark.parametrize(("answer", "part"), FAULTS.values(), ids=FAULTS.keys())
def test_the_token_is_in_no_file_and_no_event_of_dagster(
    meta: Meta,
    answer: Answer | str | None,
    part: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    root = meta.workspace.root
    meta_api = {"accounts": ["act_1"], "base_url": meta.server.url}
    sources = {"retries": {"count": 1, "first_wait_seconds": 0}, "meta_api": meta_api}
    (root / "adplan.yaml").write_text(yaml.safe_dump({"sources": sources}))
    monkeypatch.setenv("META_ACCESS_TOKEN", TOKEN)
    unhurried = KINDS["meta_api"]._replace(
        of=lambda settings: MetaApi(settings.sources.meta_api, lambda _: None)  # type: ignore[arg-type]
    )
    monkeypatch.setitem(KINDS, "meta_api", unhurried)  # type: ignore[arg-type]
    if answer is not None:
        meta.server.fail(part, answer, times=100)
    (tmp_path / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as instance:
        result = dg.materialize(
            [source_asset("meta_api")],
            resources={"refresh": Refresh(workspace=str(root))},
            instance=instance,
            raise_on_error=False,
        )
        logged = [entry.to_json() for entry in instance.all_logs(result.run_id)]
    assert result.success == (answer is None)
    assert any("meta_ads.campaigns of act_1" in entry for entry in logged) == (
        answer is None or part in {"act_1/ads", "act_1/adsets"}
    )
    assert not [entry for entry in logged if TOKEN in entry]
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in kept if path.suffix == ".db"]
    assert not [path for path in kept if TOKEN.encode() in path.read_bytes()]
