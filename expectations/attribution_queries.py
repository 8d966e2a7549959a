"""The SQL of what the marts of credits and spend must add up to, as in `invariants.py`.

Each mart is compared with what it is made from, or with another that says the same by another
grain. A query returns the groups that differ.
"""

from expectations.invariant_queries import (
    ATTRIBUTED_CONVERSIONS,
    CONVERTED,
    CREDIT_TOLERANCE,
    META_SPEND,
    MONEY_TOLERANCE,
    OTHER_COSTS,
)
from expectations.marts.names import ATTRIBUTION_MODELS

CHANNEL_DAYS = "attribution.channel_days"
CAMPAIGN_DAYS = "attribution.campaign_days"
MODEL_COMPARISON = "attribution.model_comparison"
CAMPAIGNS = "campaigns.dim_campaigns"

# What these marts hold, beside ratios of it.
FIGURES = (
    "visits",
    "conversions",
    "purchases",
    "paid_conversions",
    "new_customers",
    "revenue",
    "cost",
)

# Cost is landed amounts turned into doubles and back a few times, each of which costs 1.1e-16 of
# the amount: it may be off by that, or by one unit in the last place.
COST_DIFFERS = f"""
    abs(coalesce({{a}}, 0) - coalesce({{b}}, 0))
    > greatest({MONEY_TOLERANCE}, 1e-12 * abs(coalesce({{a}}, 0)))
"""

# A list of its own rather than what the marts hold, so that a model without rows differs as well.
_MODELS = "(values {}) as models(attribution_model)".format(
    ", ".join(f"('{model}')" for model in ATTRIBUTION_MODELS)
)

LANDED_SPEND_OF_DAYS = f"""
    select
        date,
        sum(spend) as spend
    from ({CONVERTED.format(amounts=f"{META_SPEND} union all {OTHER_COSTS}")})
    group by 1
"""


def cost_that_differs(mart: str) -> str:
    """Return the query for days on which a mart's cost under a model is not what landed."""
    return f"""
    with landed as (
        select
            days.date,
            models.attribution_model,
            days.spend
        from ({LANDED_SPEND_OF_DAYS}) as days
        cross join {_MODELS}
    ),

    published as (
        select
            date,
            attribution_model,
            sum(cast(cost as decimal(38, 6))) as spend
        from {mart}
        group by 1, 2
    )

    select
        coalesce(landed.date, published.date) as date,
        coalesce(landed.attribution_model, published.attribution_model) as attribution_model,
        landed.spend as landed_spend,
        published.spend as published_spend
    from landed
    full join published
        on
            landed.date = published.date
            and landed.attribution_model = published.attribution_model
    where {COST_DIFFERS.format(a="landed.spend", b="published.spend")}
"""


def credits_that_do_not_add_up(mart: str) -> str:
    """Return the query for models under which a mart credits more or less than happened."""
    return f"""
    with converted as (
        select
            count(*) as conversions,
            coalesce(fsum(value) filter (where counts_as_revenue), 0) as revenue
        from ({ATTRIBUTED_CONVERSIONS})
    ),

    credited as (
        select
            attribution_model,
            sum(conversions) as conversions,
            sum(revenue) as revenue
        from {mart}
        group by 1
    )

    select
        models.attribution_model,
        converted.conversions,
        credited.conversions as credited_conversions,
        converted.revenue,
        credited.revenue as credited_revenue
    from {_MODELS}
    cross join converted
    left join credited on models.attribution_model = credited.attribution_model
    where
        abs(coalesce(credited.conversions, 0) - converted.conversions)
        > {CREDIT_TOLERANCE} * greatest(1, converted.conversions)
        or abs(coalesce(credited.revenue, 0) - converted.revenue)
        > {CREDIT_TOLERANCE} * greatest(1, abs(converted.revenue))
"""


def figures_that_differ(mart: str, other: str, by: tuple[str, ...]) -> str:
    """Return the query for groups whose figures add up differently in two marts.

    Args:
        mart: One mart, whose excess over the other the query returns.
        other: The other mart.
        by: Columns of both that the figures are added up by.
    """
    groups = ", ".join(by)
    figures = ", ".join(FIGURES)
    negated = ", ".join(f"-{figure} as {figure}" for figure in FIGURES)
    differences = ", ".join(f"sum({figure}) as excess_{figure}" for figure in FIGURES)
    is_different = " or ".join(
        f"abs(sum({figure})) > {CREDIT_TOLERANCE} * greatest(1, sum(abs({figure})))"
        for figure in FIGURES
    )
    return f"""
    select {groups}, {differences}
    from (
        select {groups}, {figures} from {mart}
        union all
        select {groups}, {negated} from {other}
    )
    group by {groups}
    having {is_different}
"""


# A campaign's spend by itself and by day; what was spent without a campaign has none of its own.
SPEND_OF_CAMPAIGNS_THAT_DIFFERS = f"""
    with summed as (
        select
            campaign_id,
            sum(cast(cost as decimal(38, 6))) as spend
        from {CAMPAIGN_DAYS}
        where campaign_id is not null and attribution_model = '{ATTRIBUTION_MODELS[0]}'
        group by 1
    )

    select
        coalesce(campaigns.campaign_id, summed.campaign_id) as campaign_id,
        campaigns.spend,
        summed.spend as spend_of_days
    from {CAMPAIGNS} as campaigns
    full join summed on campaigns.campaign_id = summed.campaign_id
    where {COST_DIFFERS.format(a="campaigns.spend", b="summed.spend")}
"""
