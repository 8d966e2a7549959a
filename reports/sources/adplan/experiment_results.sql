select
    experiment, variant, metric, metric_role, metric_kind, control_value, treatment_value,
    difference, difference_lower, difference_upper, interval_kind, lift, lift_lower, lift_upper,
    p_value, adjusted_p_value, is_significant, srm_p_value, has_srm, control_units,
    treatment_units, sample_size, target_sample_size, progress, achieved_power,
    minimum_detectable_lift, confidence_level, excluded_units, winner, recommendation, why_not
from experiments.results
order by experiment, metric_role, metric, variant
