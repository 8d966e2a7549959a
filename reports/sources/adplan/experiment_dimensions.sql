select
    experiment, variant, metric, dimension, dimension_value, control_value, treatment_value, lift,
    lift_lower, lift_upper, control_units, treatment_units
from experiments.dimension_results
order by experiment, metric, dimension, dimension_value, variant
