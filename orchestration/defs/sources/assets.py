"""Each kind of source as an asset before the raw tables it brings."""

import dagster as dg

from orchestration.runs.resource import Refresh
from orchestration.sources.connector import SourceError, SourceRefusedError
from orchestration.sources.fetching import fetch_source
from orchestration.sources.registry import KINDS

GROUP = "sources"


def source_key(name: str) -> dg.AssetKey:
    """The asset of a kind of source."""
    return dg.AssetKey(["sources", name])


def source_asset(name: str) -> dg.AssetsDefinition:
    """Fetch a kind of source, where the workspace has set it up.

    Only sources are tried again: what fails later fails on what has landed, and would again.
    """

    @dg.asset(
        key=source_key(name),
        group_name=GROUP,
        description=KINDS[name].description,
        # A source that may be missed is told of in the warehouse.
        pool="warehouse",
    )
    def fetch(context: dg.AssetExecutionContext, refresh: Refresh) -> dg.MaterializeResult[None]:
        run = refresh.run
        connector = KINDS[name].of(run.settings)
        if connector is None:
            return dg.MaterializeResult(metadata={"is_set_up": False})
        retries = run.settings.sources.retries
        tried = context.op_execution_context.retry_number
        try:
            rows = fetch_source(
                run, connector, is_last_try=tried >= retries.count, log=context.log.info
            )
        except SourceError as failure:
            if isinstance(failure, SourceRefusedError) or tried >= retries.count:
                raise dg.Failure(description=str(failure), allow_retries=False) from failure
            raise dg.RetryRequested(
                max_retries=retries.count,
                seconds_to_wait=retries.first_wait_seconds * 2**tried,
            ) from failure
        run.error = None
        return dg.MaterializeResult(metadata={"is_set_up": True, "rows": sum(rows.values())})

    return fetch


source_assets = [source_asset(name) for name in KINDS]
