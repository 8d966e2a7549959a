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
    unknown_variant_units, days_running, started_at, ended_at, measured_until
from experiments.dim_experiments
order by started_at desc nulls last, experiment
