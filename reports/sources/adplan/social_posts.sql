select
    post_id, platform, status, text_excerpt, posted_date, impressions, reach, likes, comments,
    shares, clicks, engagement_rate, sessions, conversions, mentions, scored_mentions,
    mention_sentiment
from campaigns.social_posts
qualify row_number() over (order by posted_date desc, post_id) <= 500
order by posted_date desc, post_id
