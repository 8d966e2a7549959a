-- Nullable moments as text: Evidence shows a null date as 1 January 1970.
select
    experiment,
    -- Part of an address, so that nothing in a name can be taken for something else.
    case
        when regexp_full_match(experiment, '[A-Za-z0-9_-]+') then experiment
        else left(md5(experiment), 12)
    end as slug,
    description, experiment_type, status, unit, goal, primary_metric,
    guardrail_metrics, control_variant, variants, confidence_level, target_sample_size,
    minimum_effect, conversion_window_days, exposed_units, counted_units, excluded_units,
    unknown_variant_units, days_running,
    strftime(started_at, '%d %b %Y') as started_on,
    strftime(measured_until, '%d %b %Y') as measured_until
from experiments.dim_experiments
order by started_at desc nulls last, experiment
