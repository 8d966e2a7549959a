"""What is expected of `campaigns.social_posts`."""

from expectations.marts.campaign_figures import amounts_are_not_negative
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "campaigns.social_posts"

LONGEST_EXCERPT = 140

CHECKS = (
    key_is_never_null(TABLE, ("post_id",)),
    amounts_are_not_negative(
        TABLE,
        ("impressions", "reach", "likes", "comments", "shares", "clicks", "engagement_rate"),
    ),
    no_rows_where(
        TABLE,
        name="text_is_an_excerpt",
        condition=f"length(text_excerpt) > {LONGEST_EXCERPT}",
        severity="warn",
        meaning="Whole texts make a page larger than it may be.",
    ),
    no_rows_where(
        TABLE,
        name="sentiment_is_that_of_mentions",
        condition=(
            "mentions is null or scored_mentions is null or scored_mentions > mentions "
            "or (scored_mentions = 0) <> (mention_sentiment is null) "
            "or mention_sentiment < -1 or mention_sentiment > 1"
        ),
        severity="refuse",
        meaning="A post is praised or blamed by mentions that do not exist.",
    ),
    no_rows_where(
        TABLE,
        name="conversions_need_sessions",
        condition="(sessions is null) <> (conversions is null) or sessions < 1 or conversions < 0",
        severity="refuse",
        meaning="A post converted people whom it did not bring.",
    ),
)
