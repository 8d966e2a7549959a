"""What is expected of `experiments.exposures`."""

from expectations.checks import Between, Check
from orchestration.ingestion.contract import table_named

TABLE = "experiments.exposures"

# Shared devices and cleared cookies put some units into two variants. Past one in a hundred,
# the assignment itself is broken and leaving those units out does not mend it.
MOST_IN_TWO_VARIANTS = 0.01

_RELATION = table_named(TABLE).relation
_UNITS = f"""
    select experiment, unit_id, count(distinct variant) as variants
    from {_RELATION}
    group by all
"""

CHECKS = (
    Check(
        name="units_rarely_see_two_variants",
        table=TABLE,
        measure=f"""(
            select coalesce(max(share), 0)
            from (
                select count(*) filter (where variants > 1) / count(*) as share
                from ({_UNITS})
                group by experiment
            )
        )""",
        expected=Between(0, MOST_IN_TWO_VARIANTS),
        severity="warn",
        meaning="Units that saw two variants are left out; many of them bias the experiment.",
        offending_rows=f"select * from ({_UNITS}) where variants > 1",
        reads=(_RELATION,),
        is_standalone=True,
    ),
)
