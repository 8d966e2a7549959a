"""Each kind of source as an asset before the raw tables it brings."""

import dagster as dg

from orchestration.runs.resource import Refresh
from orchestration.sources.connector import SourceRefusedError
from orchestration.sources.fetching import fetch_source
from orchestration.sources.registry import KINDS

# Networks fail for minutes; what is wrong for longer is for people to mend.
_RETRIES = dg.RetryPolicy(max_retries=3, delay=20, backoff=dg.Backoff.EXPONENTIAL)


def source_key(name: str) -> dg.AssetKey:
    """The asset of a kind of source."""
    return dg.AssetKey(["sources", name])


def _source_asset(name: str) -> dg.AssetsDefinition:
    @dg.asset(
        key=source_key(name),
        group_name="sources",
        description=KINDS[name].description,
        retry_policy=_RETRIES,
        # A source that may be missed is told of in the warehouse.
        pool="warehouse",
    )
    def fetch(refresh: Refresh) -> dg.MaterializeResult[None]:
        run = refresh.run
        connector = KINDS[name].of(run.settings)
        if connector is None:
            return dg.MaterializeResult(metadata={"is_set_up": False})
        try:
            rows = fetch_source(run, connector)
        except SourceRefusedError as refusal:
            # Asking again would not help.
            raise dg.Failure(description=str(refusal), allow_retries=False) from refusal
        run.error = None
        return dg.MaterializeResult(metadata={"is_set_up": True, "rows": sum(rows.values())})

    return fetch


source_assets = [_source_asset(name) for name in KINDS]
