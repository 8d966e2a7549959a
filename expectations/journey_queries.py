"""The SQL of what tables about journeys must agree on, as in `journey_invariants.py`.

A query returns the rows or groups that differ.
"""

from expectations.invariant_queries import MONEY_TOLERANCE, ORDERS
from expectations.marts.names import EVERYBODY
from expectations.marts.ranges import ROUNDING

JOURNEY_EVENTS = "journeys.fct_journey_events"
FUNNEL = "journeys.funnel"
PATHS = "journeys.paths"
DROPOFF = "journeys.dropoff"

# Purchases that only the tracker knows name no order; one that does tells of an order once more.
PURCHASES_THAT_DIFFER = f"""
    select
        coalesce(purchases.order_id, orders.order_id) as order_id,
        purchases.event_id,
        purchases.person_id,
        orders.person_id as person_id_of_order,
        purchases.value,
        orders.net_revenue
    from (
        select * from {JOURNEY_EVENTS} where event_type = 'purchase' and order_id is not null
    ) as purchases
    full join (select * from {ORDERS} where is_counted) as orders
        on purchases.order_id = orders.order_id
    where
        purchases.event_id is distinct from 'order:' || orders.order_id
        or purchases.person_id is distinct from orders.person_id
        or (purchases.value is null) <> (orders.net_revenue is null)
        or abs(purchases.value - orders.net_revenue)
        > {MONEY_TOLERANCE} * greatest(1, abs(orders.net_revenue))
"""

STAGES_THAT_RISE = f"""
    select *
    from (
        select
            channel,
            stage,
            persons,
            drop_off_persons,
            lead(persons) over (partition by channel order by stage_index) as persons_of_next
        from {FUNNEL}
    )
    where drop_off_persons is distinct from persons - persons_of_next or persons_of_next > persons
"""

CHANNELS_THAT_DO_NOT_ADD_UP = f"""
    select *
    from (
        select
            stage,
            sum(persons) filter (where channel <> '{EVERYBODY}') as persons_of_channels,
            sum(persons) filter (where channel = '{EVERYBODY}') as persons
        from {FUNNEL}
        group by 1
    )
    -- Before anybody came there is no channel.
    where coalesce(persons_of_channels, 0) is distinct from persons
"""

# Whoever stopped at a stage reached it and not the next one.
STOPS_THAT_DIFFER = f"""
    with stopped as (
        select
            stage,
            sum(persons) as persons,
            sum(share_of_stage) as share
        from {DROPOFF}
        group by 1
    )

    select
        coalesce(funnel.stage, stopped.stage) as stage,
        coalesce(funnel.drop_off_persons, funnel.persons) as persons_of_funnel,
        stopped.persons,
        stopped.share
    from (select * from {FUNNEL} where channel = '{EVERYBODY}') as funnel
    full join stopped on funnel.stage = stopped.stage
    where
        coalesce(funnel.drop_off_persons, funnel.persons)
        is distinct from coalesce(stopped.persons, 0)
        or abs(stopped.share - 1) > {ROUNDING}
"""

PEOPLE_WHO_ARE_NOT_IN_THE_FUNNEL = f"""
    select *
    from (
        select
            (
                select coalesce(sum(persons), 0)
                from {FUNNEL}
                where channel = '{EVERYBODY}' and stage_index = 1
            ) as persons,
            (
                select count(distinct person_id) from {JOURNEY_EVENTS} where stage is not null
            ) as persons_with_a_stage
    )
    where persons <> persons_with_a_stage
"""

RANKS_THAT_DIFFER = f"""
    select *
    from (
        select
            path_type,
            path,
            path_rank,
            persons,
            lag(persons) over by_rank as persons_before,
            row_number() over by_rank as counted_rank,
            sum(share_of_persons) over by_rank as share_so_far
        from {PATHS}
        window by_rank as (partition by path_type order by path_rank)
    )
    where
        path_rank <> counted_rank
        or persons > persons_before
        or share_so_far > 1 + {ROUNDING}
"""
