-- Ads of a campaign, with what they cost and what the platform counts for them.
select
    campaign_id, coalesce(ad_name, 'deleted ad ' || ad_id) as ad_name, ad_id,
    sum(spend) as spend, sum(impressions) as impressions, sum(clicks) as clicks,
    sum(meta_purchases) as meta_purchases, sum(meta_purchase_value) as meta_purchase_value
from campaigns.fct_ad_days
where date > (select as_of from health.settings) - 90
group by campaign_id, ad_name, ad_id
qualify row_number() over (partition by campaign_id order by sum(spend) desc, ad_id) <= 30
order by campaign_id, spend desc, ad_id
