"""The SQL of what marts of campaigns and of conversion days must come to, as in
`campaign_invariants.py`. A query returns the groups that differ.
"""

from expectations.attribution_queries import CAMPAIGN_DAYS, COST_DIFFERS, LANDED_SPEND_OF_DAYS
from expectations.invariant_queries import (
    CONVERSIONS,
    CREDIT_TOLERANCE,
    LANDED_SPEND,
    MONEY_TOLERANCE,
    TOUCHPOINTS,
)

RESULT_DAYS = "campaigns.campaign_days"
LEADERBOARD = "campaigns.leaderboard"
CREATIVES = "campaigns.creatives"
FUNNEL = "campaigns.funnel"
HEATMAP = "campaigns.engagement_heatmap"
FREQUENCY = "campaigns.frequency"
LEADS = "campaigns.leads"
SOCIAL_POSTS = "campaigns.social_posts"
RETURNS = "campaigns.returns"
CONVERSION_DAYS = "conversions.conversion_days"

SPEND_OF_DAYS_THAT_DIFFERS = f"""
    with published as (
        select
            date,
            sum(cast(spend as decimal(38, 6))) as spend
        from {RESULT_DAYS}
        group by 1
    )

    select
        coalesce(landed.date, published.date) as date,
        landed.spend as landed_spend,
        published.spend as published_spend
    from ({LANDED_SPEND_OF_DAYS}) as landed
    full join published on landed.date = published.date
    where {COST_DIFFERS.format(a="landed.spend", b="published.spend")}
"""

_RESULTS = {
    "sessions": "visits",
    "conversions": "conversions",
    "purchases": "purchases",
    "new_customers": "new_customers",
    "revenue": "revenue",
}

# What is null because nothing landed could show it is 0 there.
RESULTS_THAT_DIFFER = f"""
    select
        campaign_id,
        {", ".join(f"sum({name}) as excess_{name}" for name in _RESULTS)}
    from (
        select campaign_id, {", ".join(f"coalesce({name}, 0) as {name}" for name in _RESULTS)}
        from {RESULT_DAYS}
        union all
        select campaign_id, {", ".join(f"-{theirs} as {ours}" for ours, theirs in _RESULTS.items())}
        from {CAMPAIGN_DAYS}
        where attribution_model = (select headline_model from workspace.settings)
    )
    where campaign_id is not null
    group by 1
    having {
    " or ".join(
        f"abs(sum({name})) > {CREDIT_TOLERANCE} * greatest(1, sum(abs({name})))"
        for name in _RESULTS
    )
}
"""

# Of what was credited and spent in each window, campaign by campaign.
WINDOWS_THAT_DIFFER = f"""
    with windows as (
        select distinct window_days, period_start, period_end from {LEADERBOARD}
    ),

    summed as (
        select
            windows.window_days,
            days.campaign_id,
            sum(cast(days.spend as decimal(38, 6))) as spend,
            fsum(days.revenue) as revenue
        from {RESULT_DAYS} as days
        inner join windows on days.date between windows.period_start and windows.period_end
        group by 1, 2
    )

    select
        coalesce(board.window_days, summed.window_days) as window_days,
        coalesce(board.campaign_id, summed.campaign_id) as campaign_id,
        board.spend,
        summed.spend as spend_of_days,
        board.revenue,
        summed.revenue as revenue_of_days
    from {LEADERBOARD} as board
    full join summed
        on
            board.window_days = summed.window_days
            and board.campaign_id is not distinct from summed.campaign_id
    where
        {COST_DIFFERS.format(a="board.spend", b="summed.spend")}
        or abs(coalesce(board.revenue, 0) - coalesce(summed.revenue, 0))
        > {CREDIT_TOLERANCE} * greatest(1, abs(board.revenue))
"""

RANKS_WITH_GAPS = f"""
    select
        window_days,
        count(*) as campaigns,
        max(rank) as last_rank
    from {LEADERBOARD}
    group by 1
    having min(rank) <> 1 or max(rank) <> count(*) or count(distinct rank) <> count(*)
"""

SPEND_OF_CREATIVES_THAT_DIFFERS = f"""
    with landed as (select coalesce(sum(spend), 0) as spend from ({LANDED_SPEND})),

    published as (
        select coalesce(sum(cast(spend as decimal(38, 6))), 0) as spend from {CREATIVES}
    )

    select
        landed.spend as landed_spend,
        published.spend as published_spend
    from landed
    cross join published
    where {COST_DIFFERS.format(a="landed.spend", b="published.spend")}
"""

# Impressions and clicks are counted by networks, everything after them by the shop: only there
# is each step a part of the one before.
STEPS_THAT_RISE = f"""
    select
        earlier.window_name,
        earlier.campaign_id,
        earlier.step,
        earlier.count as earlier_count,
        later.step as later_step,
        later.count as later_count
    from {FUNNEL} as earlier
    inner join {FUNNEL} as later
        on
            earlier.window_name = later.window_name
            and earlier.campaign_id = later.campaign_id
            and earlier.step_index < later.step_index
    where earlier.step in ('session', 'cart') and later.count > earlier.count
"""

SESSIONS_OF_FUNNEL_THAT_DIFFER = f"""
    with summed as (
        select
            campaign_id,
            sum(sessions) as sessions,
            sum(purchase_sessions) as purchases
        from {RESULT_DAYS}
        where campaign_id is not null and date <= (select as_of from workspace.settings)
        group by 1
    ),

    counted as (
        select
            campaign_id,
            sum(count) filter (where step = 'session') as sessions,
            sum(count) filter (where step = 'purchase') as purchases
        from {FUNNEL}
        where window_name = 'all'
        group by 1
    )

    select
        coalesce(summed.campaign_id, counted.campaign_id) as campaign_id,
        summed.sessions as sessions_of_days,
        counted.sessions,
        summed.purchases as purchases_of_days,
        counted.purchases
    from summed
    full join counted on summed.campaign_id = counted.campaign_id
    where
        summed.sessions is distinct from counted.sessions
        or summed.purchases is distinct from counted.purchases
"""

STAGES_THAT_RISE = f"""
    select
        earlier.campaign_id,
        earlier.source,
        earlier.stage,
        earlier.reached as earlier_reached,
        later.stage as later_stage,
        later.reached as later_reached
    from {LEADS} as earlier
    inner join {LEADS} as later
        on
            earlier.campaign_id is not distinct from later.campaign_id
            and earlier.source = later.source
            and earlier.stage_index < later.stage_index
    where later.reached > earlier.reached
"""

CONVERSIONS_THAT_DIFFER = f"""
    with facts as (
        select
            conversion_type,
            channel,
            count(*) as conversions,
            fsum(value) as value
        from {CONVERSIONS}
        group by 1, 2
    ),

    days as (
        select
            conversion_type,
            channel,
            sum(conversions) as conversions,
            fsum(value) as value
        from {CONVERSION_DAYS}
        group by 1, 2
    )

    select
        coalesce(facts.conversion_type, days.conversion_type) as conversion_type,
        coalesce(facts.channel, days.channel) as channel,
        facts.conversions,
        days.conversions as conversions_of_days,
        facts.value,
        days.value as value_of_days
    from facts
    full join days
        on facts.conversion_type = days.conversion_type and facts.channel = days.channel
    where
        coalesce(facts.conversions, 0) <> coalesce(days.conversions, 0)
        or abs(coalesce(facts.value, 0) - coalesce(days.value, 0))
        > {MONEY_TOLERANCE} + {CREDIT_TOLERANCE} * abs(coalesce(facts.value, 0))
"""

# All sessions once for every type of conversion.
SESSIONS_THAT_DIFFER = f"""
    with days as (
        select
            conversion_type,
            channel,
            sum(sessions) as sessions
        from {CONVERSION_DAYS}
        group by 1, 2
    ),

    touches as (
        select
            channel,
            count(*) as sessions
        from {TOUCHPOINTS}
        group by 1
    )

    select
        days.conversion_type,
        days.channel,
        touches.sessions,
        days.sessions as sessions_of_days
    from days
    left join touches on days.channel = touches.channel
    where days.sessions <> coalesce(touches.sessions, 0)
"""
