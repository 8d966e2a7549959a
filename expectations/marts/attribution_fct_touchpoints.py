"""What is expected of `attribution.fct_touchpoints`."""

from expectations.marts.names import CHANNELS, RESOLUTION_METHODS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "attribution.fct_touchpoints"

CHECKS = (
    key_is_never_null(TABLE, ("touchpoint_id",)),
    no_rows_where(
        TABLE,
        name="person_is_known",
        condition="person_id is null",
        severity="refuse",
        meaning="The touch can be credited with nothing.",
    ),
    no_rows_where(
        TABLE,
        name="time_is_known",
        condition="touched_at is null",
        severity="refuse",
        meaning="The touch can be credited with nothing and is missing from every day's visits.",
    ),
    no_rows_where(
        TABLE,
        name="channel_is_known",
        condition=f"channel is null or channel not in {text_list(CHANNELS)}",
        severity="refuse",
        meaning="Credit goes to a channel that has no name, no cost and no place in reports.",
    ),
    no_rows_where(
        TABLE,
        name="resolution_method_is_known",
        condition=(
            f"resolution_method is null or resolution_method not in {text_list(RESOLUTION_METHODS)}"
        ),
        severity="warn",
        meaning="The match rate does not know whether to count the touch.",
    ),
    no_rows_where(
        TABLE,
        name="resolution_confidence_is_a_share",
        condition="resolution_confidence < 0 or resolution_confidence > 1",
        severity="warn",
        meaning="A confidence outside 0 to 1 cannot be compared with a threshold.",
    ),
    no_rows_where(
        TABLE,
        name="sure_methods_are_sure",
        condition=(
            "resolution_method in ('exact_utm_match', 'manual') "
            "and resolution_confidence is distinct from 1"
        ),
        severity="warn",
        meaning="An exact match or a person's own decision is certain by definition.",
    ),
    no_rows_where(
        TABLE,
        name="is_resolved_if_it_has_a_campaign",
        condition="is_resolved is distinct from (campaign_id is not null)",
        severity="refuse",
        meaning="The match rate and the campaigns' credit disagree about the touch.",
    ),
    no_rows_where(
        TABLE,
        name="is_resolved_if_a_method_resolved_it",
        condition="is_resolved is distinct from (resolution_method <> 'unresolved')",
        severity="warn",
        meaning="The touch has a campaign nobody matched it to, or a match without a campaign.",
    ),
    no_rows_where(
        TABLE,
        name="pageviews_is_not_negative",
        condition="pageviews < 0",
        severity="warn",
        meaning="Pageviews of the channel and campaign are counted too low.",
    ),
)
