-- What markov and shapley give each touch of a conversion, by the channel of the touch: the
-- channel's share of the conversion, divided among its touches.
with

paths as (

    select * from {{ ref('int_conversion_paths') }}

),

shares as (

    select * from {{ ref('int_channel_shares') }}

),

channel_touches as (

    select
        conversion_id,
        channel,
        count(*) as touches
    from {{ ref('int_touch_credits') }}
    group by 1, 2

),

shares_of_conversions as (

    select
        paths.conversion_id,
        shares.channel,
        max(case when shares.attribution_model = 'markov' then shares.share end) as markov,
        max(case when shares.attribution_model = 'shapley' then shares.share end) as shapley
    from paths
    inner join shares
        on
            paths.goal = shares.goal
            and paths.channel_set = shares.channel_set
    group by 1, 2

),

final as (

    select
        channel_touches.conversion_id,
        channel_touches.channel,
        shares_of_conversions.markov / channel_touches.touches as markov,
        shares_of_conversions.shapley / channel_touches.touches as shapley
    from channel_touches
    inner join shares_of_conversions
        on
            channel_touches.conversion_id = shares_of_conversions.conversion_id
            and channel_touches.channel = shares_of_conversions.channel

)

select * from final
