with

insights as (

    select * from {{ ref('stg_meta_ads__insights') }}

),

actions as (

    select * from {{ ref('int_meta_actions_aggregated_to_ad_days') }}

),

final as (

    select
        ---------- ids
        insights.ad_id,
        insights.adset_id,
        insights.campaign_id,
        insights.account_id,

        ---------- strings
        coalesce(insights.currency, {{ setting('currency') }}) as original_currency,

        ---------- numerics
        insights.impressions,
        insights.reach,
        insights.clicks,
        insights.inline_link_clicks,
        insights.spend as original_spend,
        {{ converted('insights.spend', 'insights.currency') }} as spend,
        -- Meta leaves out what did not happen.
        coalesce(actions.purchases, 0) as purchases,
        {{ converted('actions.purchase_value', 'insights.currency') }} as purchase_value,
        coalesce(actions.leads, 0) as leads,
        coalesce(actions.adds_to_cart, 0) as adds_to_cart,
        coalesce(actions.checkouts, 0) as checkouts,

        ---------- dates
        insights.spend_date

    from insights
    left join actions
        on
            insights.ad_id = actions.ad_id
            and insights.spend_date = actions.spend_date
    {{ join_rates('insights.currency', 'insights.spend_date') }}

)

select * from final
