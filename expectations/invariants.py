"""The five invariants: what must hold across published tables whatever landed.

Each is a query for the rows that break it, and refuses. One that needs a table which
was not built is not run, and therefore never reported as passed. What tables about campaigns,
customers, journeys, experiments, forecasts and metrics must come to is in modules of their own
beside this one.
"""

from expectations.attribution_queries import (
    CAMPAIGN_DAYS,
    CAMPAIGNS,
    CHANNEL_DAYS,
    MODEL_COMPARISON,
    SPEND_OF_CAMPAIGNS_THAT_DIFFERS,
    cost_that_differs,
    credits_that_do_not_add_up,
    figures_that_differ,
)
from expectations.campaign_invariants import CAMPAIGN_INVARIANTS
from expectations.checks import Between, Check
from expectations.customer_invariants import CUSTOMER_INVARIANTS
from expectations.experiment_invariants import EXPERIMENT_INVARIANTS
from expectations.forecast_invariants import FORECAST_INVARIANTS
from expectations.invariant_queries import (
    AD_DAYS,
    CONVERSIONS,
    CREDITS,
    CREDITS_THAT_DO_NOT_ADD_UP,
    EVERY_ORDER_IS_REVENUE,
    GOALS,
    MONEY_TOLERANCE,
    ORDERS,
    ORDERS_OF_TWO_GOALS,
    ORDERS_REPEATED_IN_A_GOAL,
    ORDERS_WHOSE_REVENUE_DIFFERS,
    PEOPLE,
    RATES_AND_SETTINGS,
    REVENUE_OF_CONVERSIONS,
    REVENUE_OF_ORDERS,
    SPEND_THAT_DIFFERS,
    TOUCHES_OUT_OF_TIME,
    TOUCHPOINTS,
    UNCREDITED_CONVERSIONS,
)
from expectations.journey_invariants import JOURNEY_INVARIANTS
from expectations.metric_invariants import METRIC_INVARIANTS
from expectations.writing import key_is_unique, no_orphans, no_rows_in


def _cost_equals_landed_spend(mart: str) -> Check:
    return no_rows_in(
        mart,
        name="cost_equals_landed_spend",
        query=cost_that_differs(mart),
        severity="refuse",
        meaning="A join loses or repeats spend, or moves it to another day.",
        reads=(
            mart,
            "staging.stg_meta_ads__insights",
            "staging.stg_marketing__costs",
            *RATES_AND_SETTINGS,
        ),
    )


def _credits_add_up_to_conversions(mart: str) -> Check:
    return no_rows_in(
        mart,
        name="credits_add_up_to_conversions",
        query=credits_that_do_not_add_up(mart),
        severity="refuse",
        meaning="A model reports more or fewer conversions, or other revenue, than there was.",
        reads=(mart, CONVERSIONS, "workspace.goals"),
    )


def _agrees_with_channel_days(mart: str, by: tuple[str, ...]) -> Check:
    return no_rows_in(
        mart,
        name="agrees_with_channel_days",
        query=figures_that_differ(mart, CHANNEL_DAYS, by),
        severity="refuse",
        meaning="Two reports of the same credits, visits and spend contradict each other.",
        reads=(mart, CHANNEL_DAYS),
    )


INVARIANTS: dict[str, tuple[Check, ...]] = {
    CREDITS: (
        key_is_unique(CREDITS, ("conversion_id", "touchpoint_id", "attribution_model")),
        no_rows_in(
            CREDITS,
            name="credits_of_a_conversion_add_up",
            query=CREDITS_THAT_DO_NOT_ADD_UP,
            severity="refuse",
            meaning="A model credits more or less than happened.",
            reads=(CREDITS, CONVERSIONS, "workspace.goals"),
        ),
        no_rows_in(
            CREDITS,
            name="every_conversion_is_credited",
            query=UNCREDITED_CONVERSIONS,
            severity="refuse",
            meaning="Conversions are missing from every model.",
            reads=(CREDITS, CONVERSIONS, "workspace.goals"),
        ),
        no_rows_in(
            CREDITS,
            name="touches_are_within_the_lookback",
            query=TOUCHES_OUT_OF_TIME,
            severity="refuse",
            meaning="Credit goes to touches after the conversion or older than the lookback.",
            reads=(CREDITS, TOUCHPOINTS, CONVERSIONS, "workspace.settings"),
        ),
        no_orphans(CREDITS, "conversion_id", "conversion_id", CONVERSIONS, "conversion_id"),
        no_orphans(CREDITS, "conversion_id", "touchpoint_id", TOUCHPOINTS, "touchpoint_id"),
        no_orphans(CREDITS, "conversion_id", "campaign_id", CAMPAIGNS, "campaign_id"),
    ),
    CHANNEL_DAYS: (
        key_is_unique(CHANNEL_DAYS, ("date", "channel", "attribution_model")),
        _cost_equals_landed_spend(CHANNEL_DAYS),
        _credits_add_up_to_conversions(CHANNEL_DAYS),
    ),
    CAMPAIGN_DAYS: (
        key_is_unique(CAMPAIGN_DAYS, ("date", "campaign_id", "attribution_model")),
        _cost_equals_landed_spend(CAMPAIGN_DAYS),
        _credits_add_up_to_conversions(CAMPAIGN_DAYS),
        _agrees_with_channel_days(CAMPAIGN_DAYS, ("date", "attribution_model")),
        no_orphans(CAMPAIGN_DAYS, "date", "campaign_id", CAMPAIGNS, "campaign_id"),
    ),
    MODEL_COMPARISON: (
        key_is_unique(MODEL_COMPARISON, ("channel", "attribution_model")),
        _credits_add_up_to_conversions(MODEL_COMPARISON),
        _agrees_with_channel_days(MODEL_COMPARISON, ("channel", "attribution_model")),
    ),
    CAMPAIGNS: (
        key_is_unique(CAMPAIGNS, ("campaign_id",)),
        no_rows_in(
            CAMPAIGNS,
            name="spend_agrees_with_campaign_days",
            query=SPEND_OF_CAMPAIGNS_THAT_DIFFERS,
            severity="refuse",
            meaning="A campaign's spend is not the sum of its days.",
            reads=(CAMPAIGNS, CAMPAIGN_DAYS),
        ),
    ),
    AD_DAYS: (
        key_is_unique(AD_DAYS, ("ad_id", "date")),
        no_rows_in(
            AD_DAYS,
            name="spend_equals_landed_spend",
            query=SPEND_THAT_DIFFERS,
            severity="refuse",
            meaning="A join loses or repeats spend.",
            reads=(AD_DAYS, "staging.stg_meta_ads__insights", *RATES_AND_SETTINGS),
        ),
    ),
    CONVERSIONS: (
        key_is_unique(CONVERSIONS, ("conversion_id",)),
        Check(
            name="revenue_equals_orders_less_refunds",
            table=CONVERSIONS,
            # Two sums are compared and not every order, which is as sure (decimals add up
            # exactly) and spares a join of all orders; a failure then looks for the orders.
            measure=f"""abs(
                (select coalesce(sum(revenue), 0) from ({REVENUE_OF_CONVERSIONS}))
                - (select coalesce(sum(revenue), 0) from ({REVENUE_OF_ORDERS}))
            )""",
            expected=Between(0, MONEY_TOLERANCE),
            severity="refuse",
            meaning="Revenue in reports is not what the shop sold less what it paid back.",
            offending_rows=ORDERS_WHOSE_REVENUE_DIFFERS,
            reads=(CONVERSIONS, ORDERS, "workspace.goals", "workspace.goal_conditions"),
            applies_if=EVERY_ORDER_IS_REVENUE,
            is_standalone=True,
        ),
        no_rows_in(
            CONVERSIONS,
            name="no_order_is_revenue_of_two_goals",
            query=ORDERS_OF_TWO_GOALS,
            severity="refuse",
            meaning="Two goals count the same order as revenue: set counts_as_revenue on one.",
            reads=(CONVERSIONS,),
        ),
        # A warning: trackers send a purchase again when its page is reloaded, and a shop that
        # lands no orders has nothing better to go by.
        no_rows_in(
            CONVERSIONS,
            name="no_order_repeats_in_a_goal",
            query=ORDERS_REPEATED_IN_A_GOAL,
            severity="warn",
            meaning="Events of one order were counted more than once; revenue is too high.",
            reads=(CONVERSIONS,),
        ),
        no_orphans(CONVERSIONS, "conversion_id", "person_id", PEOPLE, "person_id"),
        no_orphans(CONVERSIONS, "conversion_id", "order_id", ORDERS, "order_id"),
        no_orphans(CONVERSIONS, "conversion_id", "session_id", TOUCHPOINTS, "session_id"),
        no_orphans(CONVERSIONS, "conversion_id", "goal", GOALS, "goal"),
    ),
    GOALS: (key_is_unique(GOALS, ("goal",)),),
    TOUCHPOINTS: (
        key_is_unique(TOUCHPOINTS, ("touchpoint_id",)),
        no_orphans(TOUCHPOINTS, "touchpoint_id", "person_id", PEOPLE, "person_id"),
    ),
    PEOPLE: (key_is_unique(PEOPLE, ("person_id",)),),
    ORDERS: (
        key_is_unique(ORDERS, ("order_id",)),
        no_orphans(ORDERS, "order_id", "person_id", PEOPLE, "person_id"),
    ),
    **CAMPAIGN_INVARIANTS,
    **CUSTOMER_INVARIANTS,
    **JOURNEY_INVARIANTS,
    **EXPERIMENT_INVARIANTS,
    **FORECAST_INVARIANTS,
    **METRIC_INVARIANTS,
}
