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
    loads.rows_read,
    loads.rows_quarantined
from health.settings as settings
cross join (
    select * from health.runs where outcome = 'published' order by started_at desc limit 1
) as runs
cross join (
    select
        coalesce(sum(rows_read), 0) as rows_read,
        coalesce(sum(rows_quarantined), 0) as rows_quarantined
    from (
        select * from health.load_log where rows_read > 0
        qualify row_number() over (partition by source_table order by loaded_at desc, run_id desc) = 1
    )
) as loads
