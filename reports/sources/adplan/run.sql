-- What the published file was made from, in one row; every page says so at its end.
select
    settings.as_of,
    settings.timezone,
    settings.currency,
    settings.headline_model,
    settings.lookback_days,
    settings.half_life_days,
    runs.outcome,
    runs.started_at,
    runs.seconds,
    runs.adplan_version,
    case settings.currency
        when 'USD' then '$#,##0'
        when 'EUR' then '€#,##0'
        when 'GBP' then '£#,##0'
        else '#,##0 "' || settings.currency || '"'
    end as money,
    case settings.currency
        when 'USD' then '$#,##0.00'
        when 'EUR' then '€#,##0.00'
        when 'GBP' then '£#,##0.00'
        else '#,##0.00 "' || settings.currency || '"'
    end as money_exact,
    (select coalesce(sum(rows_read), 0) from health.load_log) as rows_read,
    (select coalesce(sum(rows_quarantined), 0) from health.load_log) as rows_quarantined,
    (select min(first_seen_at)::date from customers.dim_people) as first_day
from health.settings as settings
cross join (
    select * from health.runs where outcome = 'published' order by started_at desc limit 1
) as runs
