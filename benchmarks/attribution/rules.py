"""One side of the comparison in a process of its own: `python -m ...rules SIDE FILE SQL_FOLDER`."""

import sys
import time
from pathlib import Path

import duckdb

ADPLAN_MODELS = (
    "int_attributed_conversions",
    "int_conversion_touches",
    "int_attribution_days",
    "int_touch_credits",
)

# What one would write without settings, path transforms, refunds of unknown worth or days to
# keep: one join, row numbers and counts, five credit columns.
HANDWRITTEN = """
create or replace table intermediate.handwritten as
with touches as (
    select conversion_id, value, touchpoint_id, channel, campaign_id, touched_at, converted_at,
        row_number() over in_order as touch_index,
        count(*) over (partition by conversion_id) as touch_count,
        pow(0.5, epoch(converted_at - touched_at) / (7 * 86400)) as decay
    from attribution.fct_touchpoints as touches
    join conversions.fct_conversions as conversions using (person_id)
    where touched_at between converted_at - interval 30 days and converted_at
    window in_order as (partition by conversion_id order by touched_at, touchpoint_id)
)
select conversion_id, touchpoint_id, channel, campaign_id, touch_index, touch_count, value,
    (touch_index = 1)::integer::double as first_touch,
    (touch_index = touch_count)::integer::double as last_touch,
    1.0 / touch_count as linear,
    decay / sum(decay) over (partition by conversion_id) as time_decay,
    case when touch_count = 1 then 1.0 when touch_count = 2 then 0.5
        when touch_index in (1, touch_count) then 0.4 else 0.2 / (touch_count - 2)
    end as position_based
from touches
"""


def main(side: str, file: str, sql_folder: str) -> None:
    """Build one side's tables and print the seconds of each statement."""
    if side == "adplan":
        folder = Path(sql_folder) / "intermediate" / "attribution"
        statements = {
            name: f"create or replace table intermediate.{name} as "
            + (folder / f"{name}.sql").read_text()
            for name in ADPLAN_MODELS
        }
    else:
        statements = {"handwritten": HANDWRITTEN}
    with duckdb.connect(file, config={"threads": 2, "memory_limit": "8GB"}) as connection:
        for name, statement in statements.items():
            started = time.perf_counter()
            connection.execute(statement)
            print(f"{name} {time.perf_counter() - started:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
