select
    creative_id, creative_name, headline, body, call_to_action, ads, campaigns, spend, impressions,
    clicks, ctr, cpc, sessions, converting_sessions, conversions, purchases, conversion_rate,
    revenue, roas, ad_known_share, meta_purchases, meta_purchase_value, platform_roas, rank
from campaigns.creatives
qualify row_number() over (order by rank nulls last, spend desc, creative_id) <= 300
order by rank nulls last, spend desc, creative_id
