"""The SQL of what buyers, cohorts and segments must agree on, as in `customer_invariants.py`.

Each table is compared with what it is of: people, or another table that says the same. A query
returns the rows or groups that differ. Scores and what people say are in `score_queries.py`.
"""

from expectations.invariant_queries import MONEY_TOLERANCE, PEOPLE
from expectations.marts.names import EVERYBODY, PROSPECTS

RFM = "customers.rfm"
BEHAVIOURS = "customers.behaviours"
COHORTS = "customers.cohort_retention"
SEGMENTS = "customers.segments"
MEMBERS = "customers.segment_members"

# Buyers --------------------------------------------------------------------------------------

# People who bought and are in neither are guests.
BUYERS_THAT_DIFFER = f"""
    select
        coalesce(rfm.person_id, people.person_id) as person_id,
        rfm.segment,
        people.rfm_segment,
        rfm.frequency,
        people.paid_orders,
        rfm.monetary,
        people.revenue
    from {RFM} as rfm
    full join (select * from {PEOPLE} where rfm_segment <> '{PROSPECTS}' or paid_orders > 0)
        as people
        on rfm.person_id = people.person_id
    where
        rfm.segment is distinct from people.rfm_segment
        or (
            rfm.person_id is not null
            and (
                rfm.frequency is distinct from people.paid_orders
                or (rfm.monetary is null) <> (people.revenue is null)
                or abs(rfm.monetary - people.revenue)
                > {MONEY_TOLERANCE} * greatest(1, abs(people.revenue))
            )
        )
"""


def _out_of_order(value: str, score: str, order: str) -> str:
    return f"""
    select '{score}' as score, value, lowest_score, highest_score, highest_score_before
    from (
        select
            {value} as value,
            min({score}) as lowest_score,
            max({score}) as highest_score,
            max(max({score})) over (
                order by {value} {order} rows between unbounded preceding and 1 preceding
            ) as highest_score_before
        from {RFM}
        where {value} is not null
        group by {value}
    )
    where lowest_score <> highest_score or lowest_score < highest_score_before
    """


SCORES_OUT_OF_ORDER = " union all ".join(
    (
        _out_of_order("recency_days", "recency_score", "desc"),
        _out_of_order("frequency", "frequency_score", "asc"),
        _out_of_order("monetary", "monetary_score", "asc"),
    )
)

# Cohorts ---------------------------------------------------------------------------------------

# Whose first order is old enough for a longer period are fewer; only the same ones can be compared.
COHORTS_THAT_SHRINK = f"""
    select *
    from (
        select
            cohort_month,
            acquisition_channel,
            period_days,
            eligible_buyers,
            ordered_within,
            lag(eligible_buyers) over by_period as eligible_before,
            lag(ordered_within) over by_period as ordered_before
        from {COHORTS}
        window by_period as (partition by cohort_month, acquisition_channel order by period_days)
    )
    where
        eligible_buyers > eligible_before
        or (eligible_buyers = eligible_before and ordered_within < ordered_before)
"""

_COUNTS_OF_COHORTS = (
    "buyers",
    "eligible_buyers",
    "ordered_in_period",
    "ordered_within",
    "ordered_on_or_after",
    "repeat_buyers",
)
_SUMS = ", ".join(
    f"sum({name}) filter (where acquisition_channel <> '{EVERYBODY}') as {name}_of_channels, "
    f"sum({name}) filter (where acquisition_channel = '{EVERYBODY}') as {name}_of_all"
    for name in (*_COUNTS_OF_COHORTS, "revenue")
)
_COUNTS_DIFFER = " or ".join(
    f"{name}_of_channels is distinct from {name}_of_all" for name in _COUNTS_OF_COHORTS
)

# Where a channel's revenue is unknown, so is everybody's.
COHORTS_THAT_DO_NOT_ADD_UP = f"""
    select *
    from (
        select
            cohort_month,
            period_days,
            {_SUMS},
            bool_and(eligible_buyers = 0 or revenue is not null) filter (
                where acquisition_channel <> '{EVERYBODY}'
            ) as is_revenue_known
        from {COHORTS}
        group by 1, 2
    )
    where
        {_COUNTS_DIFFER}
        or (is_revenue_known and eligible_buyers_of_all > 0) <> (revenue_of_all is not null)
        or (
            is_revenue_known
            and abs(revenue_of_channels - revenue_of_all)
            > {MONEY_TOLERANCE} * greatest(1, abs(revenue_of_all))
        )
"""

BUYERS_IN_NO_COHORT = f"""
    with rfm as (select count(*) as buyers from {RFM}),

    cohorts as (
        select period_days, sum(buyers) as buyers
        from {COHORTS}
        where acquisition_channel = '{EVERYBODY}'
        group by 1
    )

    select cohorts.period_days, cohorts.buyers, rfm.buyers as buyers_of_rfm
    from rfm
    left join cohorts on true
    where rfm.buyers <> coalesce(cohorts.buyers, 0)
"""

# Segments --------------------------------------------------------------------------------------

# The last day of a period is no part of it.
PERIODS_THAT_OVERLAP = f"""
    select *
    from (
        select
            segment,
            person_id,
            valid_from,
            valid_to,
            lead(valid_from) over (partition by segment, person_id order by valid_from) as next_from
        from {MEMBERS}
    )
    where next_from is not null and (valid_to is null or valid_to > next_from)
"""

MEMBERS_THAT_ARE_NOBODY = f"""
    select members.segment, members.person_id
    from {MEMBERS} as members
    anti join {PEOPLE} as people on members.person_id = people.person_id
    where members.valid_to is null
"""

MEMBERS_THAT_ARE_NOT_COUNTED = f"""
    with counted as (
        select
            segment,
            count(*) filter (where valid_to is null) as members,
            count(*) filter (where valid_to is null and added_reason = 'manual') as manual_members
        from {MEMBERS}
        group by 1
    )

    select
        coalesce(segments.segment, counted.segment) as segment,
        segments.members,
        counted.members as members_counted,
        segments.manual_members,
        counted.manual_members as manual_members_counted
    from {SEGMENTS} as segments
    full join counted on segments.segment = counted.segment
    where
        segments.members is distinct from coalesce(counted.members, 0)
        or segments.manual_members is distinct from coalesce(counted.manual_members, 0)
"""
