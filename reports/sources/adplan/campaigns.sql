-- Campaigns that have a page of their own: those of most spend and credit in the last 400 days.
with

sums as (

    select campaign_id, sum(spend) as spend, sum(revenue) as revenue, sum(sessions) as sessions
    from campaigns.campaign_days
    where campaign_id is not null and date > (select as_of from health.settings) - 400
    group by campaign_id

)

select
    campaigns.campaign_id,
    coalesce(campaigns.campaign_name, 'deleted campaign ' || campaigns.campaign_id) as campaign_name,
    campaigns.platform,
    campaigns.channel,
    campaigns.status,
    -- Part of an address, so that nothing in an id can be taken for something else.
    case
        when regexp_full_match(campaigns.campaign_id, '[A-Za-z0-9_-]+') then campaigns.campaign_id
        else left(md5(campaigns.campaign_id), 12)
    end as slug
from campaigns.dim_campaigns as campaigns
inner join sums on campaigns.campaign_id = sums.campaign_id
qualify row_number() over (
    order by sums.spend desc, sums.revenue desc, sums.sessions desc, campaigns.campaign_id
) <= 150
order by sums.spend desc, sums.revenue desc, sums.sessions desc, campaigns.campaign_id
