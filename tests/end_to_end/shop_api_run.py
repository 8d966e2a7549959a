"""Refresh a workspace that fetches from a shop, whose answers are given.

    python tests/end_to_end/shop_api_run.py WORKSPACE refresh|backfill ANSWERS [FIRST LAST]

ANSWERS are as in the tests of sources, joined by commas; one that starts with `optional:` makes
the source optional. `backfill` starts the run as Dagster's page of days does. Kinds of sources are
registered before Dagster's definitions are made of them, which is why this is a program. Prints
the record of the last run, and what the shop was asked, as JSON.
"""

import json
import os
import sys

import dagster as dg

from orchestration.runs import run_log
from orchestration.runs.dagster_home import prepare_dagster_home
from orchestration.runs.refresh import RefreshOptions, refresh
from orchestration.sources.registry import KINDS
from orchestration.workspace.paths import Workspace
from tests.orchestration.sources.shop_api import ShopApi, kind


def backfill(workspace: Workspace, first: str, last: str) -> None:
    """Materialise days as their page does: one run, whose tags name the range."""
    from orchestration.definitions import defs  # noqa: PLC0415

    tags = {
        "dagster/asset_partition_range_start": first,
        "dagster/asset_partition_range_end": last,
    }
    with dg.DagsterInstance.from_config(str(prepare_dagster_home(workspace))) as instance:
        job = defs().resolve_implicit_global_asset_job_def()
        job.execute_in_process(
            instance=instance,
            asset_selection=[dg.AssetKey(["backfill", "days"])],
            tags=tags,
            raise_on_error=False,
        )


def main(directory: str, way: str, answers: str, first: str = "", last: str = "") -> None:
    workspace = Workspace.open(directory)
    os.environ["ADPLAN_WORKSPACE"] = str(workspace.root)
    plan = answers.removeprefix("optional:").split(",")
    shop = ShopApi(plan, is_required=not answers.startswith("optional:"))
    KINDS[shop.name] = kind(shop)  # type: ignore[index]
    if way == "backfill":
        backfill(workspace, first, last)
    else:
        refresh(workspace, RefreshOptions(first_day=first, last_day=last))
    asked = [[fetch.first, fetch.last] for fetch in shop.asked]
    record = run_log.records(workspace)[0]
    sys.stdout.write(json.dumps({"record": record, "asked": asked}, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
