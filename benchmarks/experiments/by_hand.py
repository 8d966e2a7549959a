"""The same sums in one query, written by hand: `python -m ...by_hand FILE`.

It has what is usual: units of one arm, conversions after the first exposure, sums by day. It
leaves out dimensions, clicks, winsorising, covariates, and purchases without a browser.
"""

import sys
import time

import duckdb

_QUERY = """
create or replace table experiments.by_hand as
with units as (
    select experiment, unit_id, min(variant) as variant, min(exposed_at) as exposed_at
    from staging.stg_experiments__exposures
    group by all
    having min(variant) = max(variant)
),
conversions as (
    select visitor_id as unit_id, value, converted_at from conversions.fct_conversions
    union all
    select person_id, value, converted_at from conversions.fct_conversions
),
outcomes as (
    select
        units.experiment, units.variant, units.unit_id, units.exposed_at::date as date,
        (count(conversions.value) > 0)::integer as converted,
        coalesce(sum(conversions.value), 0) as revenue
    from units
    left join conversions
        on units.unit_id = conversions.unit_id
        and conversions.converted_at >= units.exposed_at
        and conversions.converted_at < units.exposed_at + interval 30 day
    group by all
)
select
    experiment, variant, date, count(*) as units, sum(converted) as conversions,
    sum(revenue) as revenue, sum(revenue * revenue) as revenue_squares
from outcomes
group by all
"""

_DIFFERENCES = """
select count(*) filter (where arms.units is distinct from by_hand.units),
    max(abs(arms.numerator / by_hand.conversions - 1))
from (
    select experiment, variant, date, units, numerator from experiments.fct_arms
    where metric = 'conversion_rate' and dimension = 'all'
) as arms
full join experiments.by_hand using (experiment, variant, date)
"""


def main(file: str) -> None:
    """Run it, print its seconds and how its sums differ from those of the models."""
    with duckdb.connect(file, config={"threads": 2, "memory_limit": "6GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        started = time.perf_counter()
        connection.execute(_QUERY)
        print(f"seconds {time.perf_counter() - started:.2f}")
        units, conversions = connection.execute(_DIFFERENCES).fetchall()[0]
        print(f"arms_with_other_units {units}")
        print(f"most_other_conversions {conversions:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
