-- Where a session came from, before any rule is applied: what the link said (utm columns,
-- else the landing page's query), else the click id's network, else the referring site.
with

sessions as (

    select * from {{ ref('int_sessions') }}

),

redirect_domains as (

    select domain from {{ ref('stg_workspace__redirect_domains') }}
    union
    select domain from {{ ref('stg_workspace__own_domains') }}

),

tagged as (

    select
        session_id,
        referrer,
        landing_page,
        coalesce(utm_source, {{ url_parameter('landing_page', 'utm_source') }}) as utm_source,
        coalesce(utm_medium, {{ url_parameter('landing_page', 'utm_medium') }}) as utm_medium,
        coalesce(utm_campaign, {{ url_parameter('landing_page', 'utm_campaign') }})
            as utm_campaign,
        coalesce(utm_content, {{ url_parameter('landing_page', 'utm_content') }}) as utm_content,
        coalesce(utm_term, {{ url_parameter('landing_page', 'utm_term') }}) as utm_term,
        {{ click_network('click_id', 'landing_page') }} as click_network,
        {{ referrer_host('referrer') }} as referrer_host,
        {{ url_host('landing_page') }} as landing_host
    from sessions

),

-- Payment and login pages send visitors back; so does the shop itself, from any subdomain. Hosts
-- are few, so they are compared once each and not once per session.
redirect_hosts as (

    select distinct referrers.referrer_host
    from (select distinct tagged.referrer_host from tagged) as referrers
    inner join redirect_domains
        on
            -- One comparison covers the domain and everything below it.
            right('.' || referrers.referrer_host, length(redirect_domains.domain) + 1)
            = '.' || redirect_domains.domain

),

with_redirects as (

    select
        tagged.*,
        tagged.utm_source is null and tagged.utm_medium is null as is_untagged,
        coalesce(tagged.referrer_host = tagged.landing_host, false)
        or coalesce(
            right(tagged.referrer_host, length(tagged.landing_host) + 1)
            = '.' || tagged.landing_host,
            false
        )
        or coalesce(
            right(tagged.landing_host, length(tagged.referrer_host) + 1)
            = '.' || tagged.referrer_host,
            false
        )
        or redirect_hosts.referrer_host is not null as is_redirect_host
    from tagged
    left join redirect_hosts on tagged.referrer_host = redirect_hosts.referrer_host

),

-- A click id on a link without tags says that the network was paid for the click. Beside
-- tags it says nothing: Facebook adds one to every outbound link.
final as (

    select
        session_id,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        is_untagged
        and utm_campaign is null
        and click_network is null
        and is_redirect_host as is_redirect,
        lower(case
            when not is_untagged then utm_source
            when click_network is not null then click_network
            when referrer_host is null or is_redirect_host then '(direct)'
            else referrer_host
        end) as source,
        lower(case
            when not is_untagged then utm_medium
            when click_network is not null then 'cpc'
            when referrer_host is null or is_redirect_host then '(none)'
            else 'referral'
        end) as medium,
        lower(utm_campaign) as campaign
    from with_redirects

)

select * from final
