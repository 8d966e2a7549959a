"""The hand-written script's SQL after loading, statement by statement, in order."""

from benchmarks.refresh.data import LAST_DAY

# The default of a workspace that sets no secret: its name.
_SALT = "Generated shop"

_RATES = """
create temp view rates as
select "date" as rate_date, from_currency as currency, rate from fx_rates where to_currency = 'USD'
"""

# Sessions the tracker did not deliver, from their events: half an hour without any, or a new
# campaign, starts another. What falls into a delivered session of the visitor is part of that.
_WITHIN = """
create temp table within_sessions as
select event_id, max_by(sessions.session_id, (started_at, sessions.session_id)) as own_session_id
from events join sessions using (visitor_id)
where events.session_id is null and "timestamp" >= started_at
    and "timestamp" <= coalesce(ended_at, started_at) + interval 30 minutes
group by all
"""

_DERIVED = """
create temp table derived as
with missing as (
    select events.*,
        case when coalesce(utm_source, utm_medium, utm_campaign) is not null
            then concat_ws('|', utm_source, utm_medium, utm_campaign) end as campaign_mark
    from events anti join sessions using (session_id)
        anti join within_sessions using (event_id)
),
paused as (
    select *,
        coalesce(
            "timestamp" - lag("timestamp") over per_visitor > interval 30 minutes, true
        )::integer as is_pause
    from missing where session_id is null
    window per_visitor as (partition by visitor_id order by "timestamp", event_id)
),
visited as (
    select *, sum(is_pause) over (
        partition by visitor_id order by "timestamp", event_id rows unbounded preceding
    ) as visit
    from paused
),
marked as (
    select *, last_value(campaign_mark ignore nulls) over (
        partition by visitor_id, visit order by "timestamp", event_id
        rows between unbounded preceding and 1 preceding
    ) as previous_mark
    from visited
),
cut as (
    select *, sum((campaign_mark is not null and campaign_mark is distinct from previous_mark)
        ::integer) over (
            partition by visitor_id, visit order by "timestamp", event_id rows unbounded preceding
        ) as part
    from marked
)
select event_id, 'derived:' || min_by(event_id, ("timestamp", event_id)) over (
    partition by visitor_id, visit, part
) as own_session_id
from cut
union all
select event_id, session_id from missing where session_id is not null
"""

_ALL_SESSIONS = """
create temp table all_sessions as
select session_id, visitor_id, user_id, started_at, coalesce(ended_at, started_at) as ended_at,
    landing_page, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term, click_id,
    pageviews, is_bounce, country, device, false as is_derived
from sessions
union all
select own_session_id, (first).visitor_id,
    case when min_user = max_user then min_user end, (first)."timestamp", ended_at,
    (first).page_url, (first).referrer, (first).utm_source, (first).utm_medium,
    (first).utm_campaign, null, null, null, pageviews, event_count = 1, null, null, true
from (
    select own_session_id, min_by(events, ("timestamp", event_id)) as first,
        min(user_id) as min_user, max(user_id) as max_user, max("timestamp") as ended_at,
        count(*) filter (where event_type = 'page_view') as pageviews, count(*) as event_count
    from derived join events using (event_id) group by 1
)
"""

_EMAILS = f"""
create temp table emails as
select lower(trim(email)) as email, min(id) as customer_id,
    'email:' || sha256('{_SALT}' || lower(trim(email)))[:16] as email_person
from customers where email is not null group by all
union all
select lower(trim(email)), min(customer_id),
    'email:' || sha256('{_SALT}' || lower(trim(email)))[:16]
from orders
where email is not null
    and lower(trim(email)) not in (select lower(trim(email)) from customers where email is not null)
group by all
"""

# The last link before a moment says whose a visitor is; before the first, the first does.
_LINKS = """
create temp table links as
with evidence as (
    select visitor_id, user_id as person_id, "timestamp" as linked_at
    from events where user_id is not null
    union all
    select visitor_id, user_id, started_at from sessions where user_id is not null
    union all
    select visitor_id, coalesce(orders.customer_id, emails.customer_id, email_person), created_at
    from orders left join emails using (email)
),
decided as (
    select visitor_id, linked_at,
        coalesce(min(person_id) filter (where person_id not like 'email:%'), min(person_id))
            as person_id
    from evidence where visitor_id is not null and person_id is not null group by all
),
changed as (
    select *, lag(person_id) over per_visitor as previous_person
    from decided window per_visitor as (partition by visitor_id order by linked_at)
)
select visitor_id, person_id,
    case when previous_person is null then timestamp '0001-01-01' else linked_at end as linked_at
from changed where previous_person is distinct from person_id
"""

_PERSON_SESSIONS = """
create temp table person_sessions as
select all_sessions.*,
    coalesce(user_id, links.person_id, 'visitor:' || all_sessions.visitor_id) as person_id,
    user_id is not null or links.person_id is not null as is_identified
from all_sessions asof left join links
    on all_sessions.visitor_id = links.visitor_id and started_at >= linked_at
"""

_SOURCES = """
create temp table sources as
with described as (
    select session_id, utm_source, utm_medium, utm_campaign, utm_content,
        case when click_id like 'fbclid%' then 'facebook' when click_id like 'gclid%' then 'google'
            when click_id is not null then 'google' end as network,
        nullif(regexp_extract(lower(referrer), '^https?://(?:www[.])?([^/:?#]+)', 1), '') as host
    from all_sessions
),
judged as (
    select *,
        coalesce(
            regexp_matches(host, '(^|[.])(paypal|stripe|klarna|adyen|mollie|shop)[.][a-z]+$'),
            false
        ) as is_redirect_host,
        utm_source is null and utm_medium is null as is_untagged
    from described
)
select session_id, utm_source, utm_medium, utm_campaign, utm_content,
    is_untagged and utm_campaign is null and network is null and is_redirect_host as is_redirect,
    lower(case when not is_untagged then utm_source when network is not null then network
        when host is null or is_redirect_host then '(direct)' else host end) as source,
    lower(case when not is_untagged then utm_medium when network is not null then 'cpc'
        when host is null or is_redirect_host then '(none)' else 'referral' end) as medium,
    lower(trim(regexp_replace(utm_campaign, '\\s+', ' ', 'g'))) as campaign
from judged
"""

_CHANNELS = """
create temp table channels as
with named as (
    select distinct source, medium, campaign,
        regexp_matches(source, '(^|[.])(google|bing|yahoo|duckduckgo|ecosia|baidu)([.]|$)')
            as search,
        regexp_matches(source, '(facebook|instagram|linkedin|tiktok|pinterest|reddit|twitter)')
            as social,
        regexp_matches(source, '(youtube|vimeo|twitch)') as video,
        regexp_matches(source, '(amazon|ebay|etsy|shopping[.])') as shopping,
        regexp_matches(medium, '^(.*cp.*|ppc|retargeting|paid.*)$') as paid
    from sources
)
select source, medium, campaign,
    case
        when source = '(direct)' and campaign is null then 'direct'
        when campaign like '%cross-network%' then 'cross_network'
        when paid and shopping then 'paid_shopping' when paid and search then 'paid_search'
        when paid and social then 'paid_social' when paid and video then 'paid_video'
        when medium in ('display', 'banner', 'cpm') then 'display' when paid then 'paid_other'
        when medium in ('email', 'e-mail', 'newsletter') then 'email' when medium = 'sms' then 'sms'
        when medium in ('affiliate', 'affiliates') then 'affiliate'
        when shopping then 'organic_shopping' when social then 'organic_social'
        when video then 'organic_video' when search or medium = 'organic' then 'organic_search'
        when medium in ('referral', 'app', 'link') then 'referral' else 'unassigned'
    end as channel
from named
"""

_CAMPAIGNS = """
create temp table resolved as
with names as (
    select id as campaign_id, lower(trim(name)) as campaign,
        array_to_string(list_sort(string_split(trim(regexp_replace(
            lower(name), '[^a-z0-9]+', ' ', 'g')), ' ')), ' ') as tokens,
        coalesce(spend, 0) as spend
    from campaigns
    left join (select campaign_id, sum(spend) as spend from insights group by all) as spent
        on spent.campaign_id = campaigns.id
),
asked as (
    select distinct campaign, array_to_string(list_sort(string_split(trim(regexp_replace(
        campaign, '[^a-z0-9]+', ' ', 'g')), ' ')), ' ') as tokens
    from sources where campaign is not null
),
scored as (
    select asked.campaign, names.campaign_id, asked.campaign = names.campaign as is_exact,
        1 - levenshtein(asked.tokens, names.tokens) / greatest(len(asked.tokens), len(names.tokens))
            as similarity,
        spend
    from asked cross join names where len(asked.campaign) >= 4
),
ranked as (
    select *, row_number() over best as place, lead(similarity) over best as runner_up
    from scored where is_exact or similarity >= 0.8
    window best as (
        partition by campaign order by is_exact desc, similarity desc, spend desc, campaign_id
    )
)
select campaign, campaign_id, case when is_exact then 1.0 else least(similarity, 0.99) end
    as confidence, case when is_exact then 'exact_utm_match' else 'fuzzy_name_match' end as method
from ranked where place = 1 and (is_exact or coalesce(similarity - runner_up, 1) >= 0.02)
"""

_TOUCHPOINTS = """
create table marts.fct_touchpoints as
select session_id as touchpoint_id, session_id, person_id, visitor_id, resolved.campaign_id,
    case when coalesce(resolved.campaign_id = ads.campaign_id, true) then ads.adset_id end
        as ad_set_id,
    case when coalesce(resolved.campaign_id = ads.campaign_id, true) then ads.id end as ad_id,
    channel,
    case when resolved.campaign_id is not null then 'meta'
        else split_part(sources.source, '.', 1) end as platform,
    sources.utm_source, sources.utm_medium, sources.utm_campaign, sources.utm_content, utm_term,
    landing_page, referrer, country, device, coalesce(method, 'unresolved') as resolution_method,
    confidence as resolution_confidence, pageviews, resolved.campaign_id is not null as is_resolved,
    not is_redirect as is_creditable, is_bounce, is_derived, started_at as touched_at, ended_at
from person_sessions
join sources using (session_id)
left join channels on channels.source is not distinct from sources.source
    and channels.medium is not distinct from sources.medium
    and channels.campaign is not distinct from sources.campaign
left join resolved on resolved.campaign = sources.campaign
-- An ad of another campaign is a number that happens to be equal. Said in the join's condition,
-- this would compare every session with every ad.
left join ads on ads.id = sources.utm_content
"""

_REFUNDS = """
create temp table refunds_usd as
select refunds.id, orders.id as order_id, refunds.customer_id, refunds.created_at,
    case when coalesce(refunds.currency_code, orders.currency_code) = 'USD' then amount
        else (amount * rate)::decimal(18, 6) end as amount
from refunds
left join orders on orders.id = refunds.order_id
left join rates on rates.currency = coalesce(refunds.currency_code, orders.currency_code)
    and rate_date = refunds.created_at::date
"""

_ORDERS = """
create table marts.fct_orders as
with linked as (
    select order_id, sum(amount) as refunded from refunds_usd
    where order_id is not null group by all
),
priced as (
    select orders.*, if(currency_code = 'USD', 1, rate) as usd,
        coalesce(linked.refunded, 0) as refunded,
        coalesce(orders.customer_id, emails.customer_id, email_person, links.person_id,
            'visitor:' || orders.visitor_id, 'guest:' || orders.id) as person_id,
        canceled_at is null and lower(status) in ('completed', 'archived') as is_counted
    from orders
    left join linked on linked.order_id = orders.id
    left join rates on rates.currency = currency_code and rate_date = created_at::date
    left join emails on emails.email = lower(trim(orders.email))
    asof left join links
        on links.visitor_id = orders.visitor_id and orders.created_at >= links.linked_at
)
select id as order_id, person_id, customer_id, visitor_id, session_id, status,
    currency_code as original_currency, (total * usd)::decimal(18, 6)::double as gross_revenue,
    refunded::double as refunded_value,
    ((total * usd)::decimal(18, 6) - refunded)::double as net_revenue, total as original_total,
    (subtotal * usd)::double as subtotal, (discount_total * usd)::double as discount_total,
    (shipping_total * usd)::double as shipping_total, (tax_total * usd)::double as tax_total,
    case when is_counted then row_number() over (
        partition by person_id, is_counted order by created_at, id) end as order_number,
    is_counted, is_counted and total > 0 as is_paid, created_at::date as order_date,
    created_at as ordered_at
from priced
"""

_GOAL_EVENTS = """
create temp table goal_events as
with chosen as (
    select event_id, visitor_id, user_id, "timestamp", currency, own_session_id,
        coalesce(own_session_id, session_id) as in_session,
        if(event_type = 'scroll_depth', 'deep_scroll', event_type) as goal, event_type
    from events left join (from derived union all from within_sessions) using (event_id)
    where event_type in ('add_to_cart', 'begin_checkout')
        or (event_type = 'scroll_depth' and (properties ->> 'percent')::double >= 75)
),
once as (
    select * from chosen
    qualify row_number() over (
        partition by goal, coalesce(in_session, event_id) order by "timestamp", event_id) = 1
)
select once.*, coalesce(user_id, links.person_id, 'visitor:' || once.visitor_id) as person_id
from once asof left join links
    on links.visitor_id = once.visitor_id and "timestamp" >= linked_at
"""

_CONVERSIONS = """
create table marts.fct_conversions as
with converted as (
    select 'purchase:' || order_id as conversion_id, 'purchase' as goal,
        'purchase' as conversion_type, person_id, visitor_id, session_id, order_id,
        ordered_at as converted_at, gross_revenue as gross_value, refunded_value,
        original_currency, true as counts_as_revenue
    from marts.fct_orders where is_counted
    union all
    select goal || ':' || event_id, goal, event_type, person_id, visitor_id, in_session, null,
        "timestamp", 0, 0, coalesce(currency, 'USD'), false
    from goal_events
),
stated as (
    select converted.*, touch.session_id as stated, coalesce(not touch.is_creditable, true) as asks
    from converted left join marts.fct_touchpoints as touch using (session_id)
),
creditable as (
    select person_id, session_id, touched_at from marts.fct_touchpoints where is_creditable
    qualify row_number() over (partition by person_id, touched_at order by session_id desc) = 1
),
before as (
    select conversion_id, creditable.session_id as found
    from stated asof join creditable
        on creditable.person_id = stated.person_id and converted_at >= touched_at
    where asks and touched_at >= converted_at - interval 30 days
),
matched as (
    select stated.* exclude (session_id), coalesce(found, stated) as session_id
    from stated left join before using (conversion_id)
)
select matched.conversion_id, matched.goal, matched.conversion_type, matched.person_id,
    coalesce(matched.visitor_id, touch.visitor_id) as visitor_id, matched.session_id, order_id,
    touch.campaign_id, touch.ad_set_id, touch.ad_id, original_currency,
    coalesce(touch.channel, 'unattributed') as channel, touch.platform, touch.utm_source,
    touch.utm_medium, touch.utm_campaign, gross_value - refunded_value as value, gross_value,
    refunded_value, counts_as_revenue, converted_at::date as converted_date, converted_at
from matched left join marts.fct_touchpoints as touch on touch.session_id = matched.session_id
"""

_PEOPLE = f"""
create table marts.dim_people as
with seen as (
    select id as person_id, country, created_at as seen_at from customers
    union all
    select person_id, country, started_at from person_sessions
    union all
    select person_id, null, ordered_at from marts.fct_orders
    union all
    select person_id, null, converted_at from marts.fct_conversions
    union all
    select customer_id, null, created_at from refunds_usd where customer_id is not null
),
people as (
    select person_id, min(seen_at) as first_seen_at, max(seen_at) as last_seen_at,
        max_by(country, seen_at) filter (where country is not null) as last_country
    from seen where person_id is not null group by all
),
bought as (
    select person_id, count(*) as orders, count(*) filter (where is_paid) as paid_orders,
        sum(gross_revenue) as gross_revenue, sum(refunded_value) as refunded_value,
        min(ordered_at) as first_order_at, max(ordered_at) as last_order_at
    from marts.fct_orders where is_counted group by all
),
unlinked as (
    select customer_id as person_id, sum(amount) as unlinked
    from refunds_usd where order_id is null and customer_id is not null group by all
),
visited as (select person_id, count(*) as sessions from person_sessions group by all)
select person_id, customers.id as customer_id, coalesce(customers.country, last_country) as country,
    city, sha256('{_SALT}' || lower(trim(email))) as email_hash,
    sha256('{_SALT}' || regexp_replace(phone, '[^0-9+]', '', 'g')) as phone_hash,
    coalesce(sessions, 0) as sessions, coalesce(orders, 0) as orders,
    coalesce(paid_orders, 0) as paid_orders, coalesce(gross_revenue, 0) as gross_revenue,
    coalesce(refunded_value, 0) + coalesce(unlinked, 0) as refunded_value,
    coalesce(gross_revenue, 0) - coalesce(refunded_value, 0) - coalesce(unlinked, 0) as revenue,
    (gross_revenue - refunded_value - coalesce(unlinked, 0)) / nullif(paid_orders, 0)
        as average_order_value,
    date_diff('day', last_order_at::date, date '{LAST_DAY}') as days_since_last_order,
    not regexp_matches(person_id, '^(visitor|guest):') as is_identified, marketing_opt_in,
    first_seen_at, last_seen_at, first_order_at, last_order_at
from people
left join customers on customers.id = person_id
left join bought using (person_id)
left join unlinked using (person_id)
left join visited using (person_id)
"""

# Meta says one purchase under several names: the most aggregated one present counts.
_AD_DAYS = """
create table marts.fct_ad_days as
with listed as (
    select ad_id, date_start, 'count' as measure, unnest(from_json(
        actions, '[{"action_type": "VARCHAR", "value": "VARCHAR"}]')) as action from insights
    union all
    select ad_id, date_start, 'value', unnest(from_json(
        action_values, '[{"action_type": "VARCHAR", "value": "VARCHAR"}]')) from insights
),
named as (
    select ad_id, date_start, measure, action.action_type as name, action.value::double as amount
    from listed
),
counted as (
    select ad_id, date_start, measure,
        coalesce(sum(amount) filter (where name = 'omni_purchase'),
            sum(amount) filter (where name = 'purchase'),
            sum(amount) filter (where name in ('offsite_conversion.fb_pixel_purchase',
                'onsite_conversion.purchase', 'app_custom_event.fb_mobile_purchase'))) as purchases,
        coalesce(sum(amount) filter (where name = 'omni_lead'),
            sum(amount) filter (where name = 'lead')) as leads
    from named group by all
)
select insights.ad_id, coalesce(insights.adset_id, ads.adset_id) as adset_id,
    coalesce(insights.campaign_id, ads.campaign_id) as campaign_id, account_id,
    ads.name as ad_name, account_currency as original_currency, impressions, reach, clicks,
    inline_link_clicks,
    (spend * if(account_currency = 'USD', 1, rate))::decimal(18, 6)::double as spend,
    spend as original_spend, coalesce(counts.purchases, 0) as meta_purchases,
    amounts.purchases * if(account_currency = 'USD', 1, rate) as meta_purchase_value,
    coalesce(counts.leads, 0) as meta_leads, insights.date_start as "date"
from insights
left join ads on ads.id = insights.ad_id
left join rates on rates.currency = account_currency and rate_date = date_start
left join counted as counts on counts.ad_id = insights.ad_id
    and counts.date_start = insights.date_start and counts.measure = 'count'
left join counted as amounts on amounts.ad_id = insights.ad_id
    and amounts.date_start = insights.date_start and amounts.measure = 'value'
"""

MARTS = {
    "rates": _RATES,
    "events within sessions": _WITHIN,
    "derived sessions": _DERIVED,
    "all sessions": _ALL_SESSIONS,
    "emails": _EMAILS,
    "links": _LINKS,
    "sessions of people": _PERSON_SESSIONS,
    "sources": _SOURCES,
    "channels": _CHANNELS,
    "campaigns": _CAMPAIGNS,
    "fct_touchpoints": _TOUCHPOINTS,
    "refunds": _REFUNDS,
    "fct_orders": _ORDERS,
    "goal events": _GOAL_EVENTS,
    "fct_conversions": _CONVERSIONS,
    "dim_people": _PEOPLE,
    "fct_ad_days": _AD_DAYS,
}
