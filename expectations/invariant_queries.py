"""The SQL of the five invariants: queries for what breaks them, as in `invariants.py`.

What the marts that add up credits and spend must come to is in `attribution_queries.py`.
"""

CONVERSIONS = "conversions.fct_conversions"
GOALS = "conversions.dim_goals"
CREDITS = "attribution.fct_credits"
TOUCHPOINTS = "attribution.fct_touchpoints"
AD_DAYS = "campaigns.fct_ad_days"
PEOPLE = "customers.dim_people"
ORDERS = "customers.fct_orders"

# Credits are sums of a few doubles that should make 1; the contract's bound.
CREDIT_TOLERANCE = 1e-9
# Money has six decimal places and is added as decimals, which is exact, so that one unit in
# the last place is all that turning it into doubles and back may cost.
MONEY_TOLERANCE = 1e-6

# 1. Conservation ---------------------------------------------------------------------------

# Those whose goal a marketer wants credited; the others have no credits.
ATTRIBUTED_CONVERSIONS = f"""
    select conversions.*
    from {CONVERSIONS} as conversions
    inner join workspace.goals as goals on conversions.goal = goals.goal
    where goals.is_attributed
"""

CREDITS_THAT_DO_NOT_ADD_UP = f"""
    with models as (select distinct attribution_model from {CREDITS}),

    credited as (
        select
            conversion_id,
            attribution_model,
            sum(credit) as credit,
            sum(credited_value) as credited_value
        from {CREDITS}
        group by all
    )

    select
        conversions.conversion_id,
        models.attribution_model,
        credited.credit,
        credited.credited_value,
        conversions.value
    from ({ATTRIBUTED_CONVERSIONS}) as conversions
    cross join models
    left join credited
        on
            conversions.conversion_id = credited.conversion_id
            and models.attribution_model = credited.attribution_model
    where
        credited.credit is null
        or abs(credited.credit - 1) > {CREDIT_TOLERANCE}
        or (credited.credited_value is null) <> (conversions.value is null)
        or abs(credited.credited_value - conversions.value)
        > {CREDIT_TOLERANCE} * greatest(1, abs(conversions.value))
"""

UNCREDITED_CONVERSIONS = f"""
    select conversions.conversion_id
    from ({ATTRIBUTED_CONVERSIONS}) as conversions
    anti join {CREDITS} as credits on conversions.conversion_id = credits.conversion_id
"""

# 2. Spend ----------------------------------------------------------------------------------

# From the rows that landed, without any of the joins that name or group them.
META_SPEND = """
    select currency, spend as amount, spend_date as date
    from staging.stg_meta_ads__insights
"""

OTHER_COSTS = """
    select currency, cost as amount, cost_date as date
    from staging.stg_marketing__costs
"""

# What `CONVERTED` reads beside the amounts.
RATES_AND_SETTINGS = ("intermediate.int_rate_intervals", "workspace.settings")

# Amounts in the workspace currency, null where a rate is missing; `{amounts}` stands for them.
# Conversion is repeated here on purpose: what the models do is what is being checked.
CONVERTED = """
    select
        amounts.date,
        coalesce(amounts.currency, settings.currency) as currency,
        amounts.amount as original_spend,
        case
            when coalesce(amounts.currency, settings.currency) = settings.currency
                then amounts.amount
            else cast(amounts.amount * rates.rate as decimal(18, 6))
        end as spend
    from ({amounts}) as amounts
    cross join workspace.settings as settings
    left join intermediate.int_rate_intervals as rates
        on
            amounts.currency = rates.currency
            and amounts.date >= rates.valid_from
            and amounts.date < rates.valid_to
"""

LANDED_SPEND = f"""
    select
        currency,
        coalesce(sum(original_spend), 0) as original_spend,
        coalesce(sum(spend), 0) as spend
    from ({CONVERTED.format(amounts=META_SPEND)})
    group by 1
"""

PUBLISHED_SPEND = f"""
    select
        original_currency as currency,
        coalesce(sum(cast(original_spend as decimal(18, 6))), 0) as original_spend,
        coalesce(sum(cast(spend as decimal(18, 6))), 0) as spend
    from {AD_DAYS}
    group by 1
"""

SPEND_THAT_DIFFERS = f"""
    select
        coalesce(landed.currency, published.currency) as currency,
        landed.original_spend as landed_original_spend,
        published.original_spend as published_original_spend,
        landed.spend as landed_spend,
        published.spend as published_spend
    from ({LANDED_SPEND}) as landed
    full join ({PUBLISHED_SPEND}) as published on landed.currency = published.currency
    where
        abs(coalesce(landed.original_spend, 0) - coalesce(published.original_spend, 0))
        > {MONEY_TOLERANCE}
        or abs(coalesce(landed.spend, 0) - coalesce(published.spend, 0)) > {MONEY_TOLERANCE}
"""

# 3. Revenue --------------------------------------------------------------------------------

REVENUE_OF_CONVERSIONS = f"""
    select order_id, cast(value as decimal(18, 6)) as revenue
    from {CONVERSIONS}
    where counts_as_revenue and order_id is not null
"""

REVENUE_OF_ORDERS = f"""
    select order_id, cast(net_revenue as decimal(18, 6)) as revenue
    from {ORDERS}
    where is_counted
"""

ORDERS_WHOSE_REVENUE_DIFFERS = f"""
    with converted as (
        select order_id, sum(revenue) as revenue from ({REVENUE_OF_CONVERSIONS}) group by all
    ),

    ordered as ({REVENUE_OF_ORDERS})

    select
        coalesce(converted.order_id, ordered.order_id) as order_id,
        converted.revenue as revenue_of_conversions,
        ordered.revenue as revenue_of_order
    from converted
    full join ordered on converted.order_id = ordered.order_id
    where
        abs(coalesce(converted.revenue, 0) - coalesce(ordered.revenue, 0)) > {MONEY_TOLERANCE}
"""

# Revenue is all the orders only where a goal says so: one that takes every order at its total.
# A workspace whose goals count some orders only, or their subtotals, means something else.
EVERY_ORDER_IS_REVENUE = """
    select count(*) > 0
    from workspace.goals as goals
    anti join workspace.goal_conditions as conditions on goals.goal = conditions.goal
    where
        goals.source = 'order'
        and goals.counts_as_revenue
        and goals.value_field = 'total'
        and coalesce(goals.once_per, 'event') = 'event'
"""

ORDERS_OF_TWO_GOALS = f"""
    select
        order_id,
        min(goal) as one_goal,
        max(goal) as another_goal
    from {CONVERSIONS}
    where counts_as_revenue and order_id is not null
    group by 1
    having min(goal) <> max(goal)
"""

ORDERS_REPEATED_IN_A_GOAL = f"""
    select
        order_id,
        goal,
        count(*) as conversions
    from {CONVERSIONS}
    where counts_as_revenue and order_id is not null
    group by 1, 2
    having count(*) > 1
"""

# 4. Touches in time ------------------------------------------------------------------------

TOUCHES_OUT_OF_TIME = f"""
    select
        credits.conversion_id,
        credits.touchpoint_id,
        credits.attribution_model,
        touchpoints.touched_at,
        conversions.converted_at
    from {CREDITS} as credits
    inner join {TOUCHPOINTS} as touchpoints on credits.touchpoint_id = touchpoints.touchpoint_id
    inner join {CONVERSIONS} as conversions on credits.conversion_id = conversions.conversion_id
    cross join workspace.settings as settings
    where
        touchpoints.touched_at > conversions.converted_at
        or touchpoints.touched_at
        < conversions.converted_at - settings.lookback_days * interval 1 day
"""
