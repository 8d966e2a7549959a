-- Revenue by day as it is forecast: in all, and by channel of the session an order is made in.
with

purchases as (

    select converted_date as date, coalesce(channel, 'unattributed') as channel, value
    from conversions.fct_conversions
    where counts_as_revenue and converted_date > (select as_of from health.settings) - 120

)

select 'all' as series, date, sum(value) as revenue from purchases group by all
union all
select 'channel:' || channel as series, date, sum(value) as revenue from purchases group by all
order by series, date
