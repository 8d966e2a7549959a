"""The tables of results: what they hold, in SQL and in words."""

from orchestration.described_tables import Column, Table, Tables

RESULTS = "experiments.results"
DIMENSION_RESULTS = "experiments.dimension_results"

_KEY = {
    "experiment": Column("varchar", "Experiment, as it is named in experiments.yaml."),
    "variant": Column(
        "varchar",
        "Variant that is compared with the control; where there is none to compare, the one "
        "there is, or empty.",
    ),
    "metric": Column("varchar", "conversion_rate, ctr, cpc, roas, leads or revenue."),
}

_DIMENSION = {
    "dimension": Column("varchar", "What the units are split by."),
    "dimension_value": Column("varchar", "Its value when the unit was exposed."),
}

_FIGURES = {
    "metric_role": Column(
        "varchar", "primary for the metric that decides, guardrail for those that may forbid it."
    ),
    "metric_kind": Column("varchar", "proportion, mean, or ratio of two sums over units."),
    "control_value": Column("double", "The metric among the control's units."),
    "treatment_value": Column("double", "The metric among the variant's units."),
    "difference": Column("double", "treatment_value less control_value."),
    "difference_lower": Column("double", "Lower end of the interval that decided."),
    "difference_upper": Column("double", "Upper end of the interval that decided."),
    "interval_kind": Column(
        "varchar",
        "Which interval decided: fixed_horizon once the target sample is reached, always_valid "
        "before, which may be looked at every day.",
    ),
    "fixed_lower": Column("double", "Lower end of the interval that is valid for one look."),
    "fixed_upper": Column("double", "Upper end of it."),
    "always_valid_lower": Column("double", "Lower end of the interval that is valid daily."),
    "always_valid_upper": Column("double", "Upper end of it."),
    "always_valid_p_value": Column("double", "p value that stays valid however often one looks."),
    "always_valid_adjusted_p_value": Column(
        "double", "always_valid_p_value after Holm, as adjusted_p_value."
    ),
    "lift": Column("double", "difference as a share of control_value."),
    "lift_lower": Column(
        "double", "Lower end of the lift's interval, on the log scale; same kind as interval_kind."
    ),
    "lift_upper": Column("double", "Upper end of it."),
    "p_value": Column(
        "double",
        "Two-sided, for one look: pooled z test of proportions, Welch's t test of means, delta "
        "method of ratios; null where nothing can be tested, see why_not.",
    ),
    "adjusted_p_value": Column(
        "double", "p_value after Holm, over all comparisons of the metric in the experiment."
    ),
    "is_significant": Column(
        "boolean",
        "Whether adjusted_p_value is below one minus confidence_level and the interval that "
        "decided excludes 0.",
    ),
    "srm_p_value": Column(
        "double",
        "p value of the units' split against the one intended (chi-square); null where units "
        "are days.",
    ),
    "has_srm": Column("boolean", "Whether the split is off, so that nothing can be concluded."),
    "control_units": Column("bigint", "Units of the control."),
    "treatment_units": Column("bigint", "Units of the variant."),
    "sample_size": Column("bigint", "Units of all variants together."),
    "target_sample_size": Column("bigint", "Units after which it may be decided; null for none."),
    "progress": Column("double", "sample_size as a share of target_sample_size."),
    "days_running": Column("bigint", "Whole days it has run."),
    "achieved_power": Column(
        "double", "Chance that these units show a lift of minimum_effect, if it is there."
    ),
    "minimum_detectable_lift": Column(
        "double", "Smallest lift that these units show with the power set in settings."
    ),
    "cuped_difference": Column(
        "double",
        "difference after what the units did before the experiment is taken out (CUPED); null "
        "where they did nothing.",
    ),
    "cuped_lower": Column("double", "Lower end of its interval for one look."),
    "cuped_upper": Column("double", "Upper end of it."),
    "cuped_p_value": Column("double", "Two-sided p value of it, for one look."),
    "variance_reduction": Column("double", "Share of the variance that CUPED takes out."),
    "raw_control_value": Column("double", "control_value before revenue is cut off."),
    "raw_treatment_value": Column("double", "treatment_value before revenue is cut off."),
    "raw_difference": Column("double", "Their difference."),
    "raw_p_value": Column("double", "Its p value, for one look."),
    "winsorised_at": Column(
        "double", "Revenue of a unit above which it is counted as this; null for other metrics."
    ),
    "confidence_level": Column("double", "Level of all intervals."),
    "excluded_units": Column("bigint", "Units that saw several variants and are left out."),
    "unknown_variant_units": Column(
        "bigint", "Units that saw a variant which the definition does not name; left out."
    ),
    "winner": Column("varchar", "Variant to go on with, the control included; null for none."),
    "recommendation": Column("varchar", "What to do, in a sentence."),
    "why_not": Column("varchar", "What is missing for a decision; null where there is one."),
}

TABLES: Tables = {
    RESULTS: Table(
        "What came of each experiment that has started: its variants against the control, with "
        "intervals, and what to do. Paused and completed ones are looked at up to their end, and "
        "stay. **Grain:** one row per experiment, variant and metric.",
        {**_KEY, **_FIGURES},
    ),
    DIMENSION_RESULTS: Table(
        "The same by country, device and other dimensions an experiment names: where to look "
        "next, not what to decide by. **Grain:** one row per experiment, variant, metric, "
        "dimension and its value.",
        {**_KEY, **_DIMENSION, **_FIGURES},
    ),
}
