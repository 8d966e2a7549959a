"""A range of days fetched again from Dagster's pages: partitions, one run for all of them.

The assets of a refresh are no partitions: a refresh builds what changed, whatever its day, and
publishes one file. So the days are an asset of their own, and a refresh is what makes them.
"""

import os
import warnings

import dagster as dg

from orchestration.alerts.sending import TOLD, claim
from orchestration.defs.ingestion.assets import POOL
from orchestration.runs.refresh import RefreshOptions, refresh
from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings

GROUP = "backfill"

# In beta for years by now, and what it does is tested.
warnings.filterwarnings("ignore", message="Parameter `backfill_policy`", category=dg.BetaWarning)


def backfill_asset(settings: Settings) -> dg.AssetsDefinition:
    """Days that sources can be asked for again, from the first that settings offer to today."""

    @dg.asset(
        key=["backfill", "days"],
        group_name=GROUP,
        description="Days to fetch again: select a range and materialise it. One refresh asks "
        "every source for the whole range, builds what changed and publishes it.",
        partitions_def=dg.DailyPartitionsDefinition(
            start_date=settings.schedule.backfill_from.isoformat(),
            timezone=settings.timezone,
            # The day that is not over, too.
            end_offset=1,
        ),
        backfill_policy=dg.BackfillPolicy.single_run(),
        pool=POOL,
    )
    def days(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        workspace = Workspace.open(os.environ["ADPLAN_WORKSPACE"])
        span = context.partition_key_range
        options = RefreshOptions(first_day=span.start, last_day=span.end)
        try:
            record = refresh(workspace, options)
        except WorkspaceError as error:
            raise dg.Failure(description=str(error), allow_retries=False) from error
        if record["outcome"] in TOLD:
            # The refresh is a run of its own, which has been told of.
            claim(workspace, context.run_id)
            raise dg.Failure(description=str(record["error"]), allow_retries=False)
        return dg.MaterializeResult(
            metadata={"refresh": str(record["run_id"]), "outcome": str(record["outcome"])}
        )

    return days
