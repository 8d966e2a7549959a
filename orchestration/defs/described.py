"""Tables that Python writes as Dagster assets."""

from collections.abc import Iterable

import dagster as dg

from orchestration.described_tables import Tables


def asset_specs(tables: Tables, group: str, reads: Iterable[str]) -> list[dg.AssetSpec]:
    """One spec per table, each depending on all the tables that are read.

    Args:
        tables: What is written, by full name.
        group: Dagster's group of them.
        reads: Full names of what is read, such as `experiments.fct_arms`.
    """
    deps = [dg.AssetKey(name.split(".")) for name in reads]
    return [
        dg.AssetSpec(
            name.split("."),
            group_name=group,
            kinds={"duckdb"},
            description=table.description,
            deps=deps,
        )
        for name, table in tables.items()
    ]
