"""Ordinary rows of the tables about experiments, and what breaks each check of them."""

ORDINARY = {
    "experiments.dim_experiments": """
        select 'banner' as experiment, 'ad_creative' as experiment_type, 'running' as status,
            'units' as source, 'visitor' as unit, 'conversion_rate' as primary_metric,
            null::varchar as guardrail_metrics, null::varchar as dimensions,
            'plain' as control_variant, 0.95e0 as confidence_level,
            20000 as target_sample_size, 0.1e0 as minimum_effect, 30 as conversion_window_days,
            1000 as exposed_units, 995 as counted_units, 5 as excluded_units,
            0 as unknown_variant_units, 30 as days_running,
            timestamp '2026-01-01' as started_at, timestamp '2026-01-31' as measured_until
    """,
    # Of four units, one spent 10 and one 40, which counts as 20; one had spent 5 before.
    "experiments.fct_arms": """
        select 'banner' as experiment, 'revenue' as metric, 'mean' as metric_kind,
            'bright' as variant, 'all' as dimension, 'all' as dimension_value,
            'units' as source, 4 as units, 30e0 as numerator, 4e0 as denominator,
            5e0 as covariate, 500e0 as numerator_squares, 4e0 as denominator_squares,
            25e0 as covariate_squares, 30e0 as numerator_denominator,
            50e0 as numerator_covariate, 5e0 as denominator_covariate, 50e0 as raw_numerator,
            1700e0 as raw_numerator_squares, 20e0 as winsorised_at, date '2026-01-01' as date
    """,
    "experiments.results": """
        select 'banner' as experiment, 'bright' as variant, 'conversion_rate' as metric,
            'primary' as metric_role, 'proportion' as metric_kind, 0.1e0 as control_value,
            0.13e0 as treatment_value, 0.03e0 as difference, 0.02e0 as difference_lower,
            0.04e0 as difference_upper, 'fixed_horizon' as interval_kind, 0.02e0 as fixed_lower,
            0.04e0 as fixed_upper, 0.016e0 as always_valid_lower, 0.044e0 as always_valid_upper,
            1e-9 as always_valid_p_value, 0.3e0 as lift, 0.2e0 as lift_lower,
            0.41e0 as lift_upper, 1e-10 as p_value, 2e-10 as adjusted_p_value,
            true as is_significant, 0.5e0 as srm_p_value, false as has_srm,
            10000 as control_units, 10000 as treatment_units, 20000 as sample_size,
            20000 as target_sample_size, 1e0 as progress, 30 as days_running,
            0.99e0 as achieved_power, 0.12e0 as minimum_detectable_lift,
            0.029e0 as cuped_difference, 0.02e0 as cuped_lower, 0.038e0 as cuped_upper,
            1e-10 as cuped_p_value, 0.1e0 as variance_reduction, 0.1e0 as raw_control_value,
            0.13e0 as raw_treatment_value, 0.03e0 as raw_difference, 1e-10 as raw_p_value,
            null::double as winsorised_at, 0.95e0 as confidence_level, 5 as excluded_units,
            0 as unknown_variant_units, 'bright' as winner, 'Use bright.' as recommendation,
            null::varchar as why_not
    """,
}
ORDINARY["experiments.dimension_results"] = (
    "select *, 'device' as dimension, 'mobile' as dimension_value "
    f"from ({ORDINARY['experiments.results']})"
)

# What there is none of where nothing could be tested, beside what is said of it.
UNTESTED = (
    "p_value = null, adjusted_p_value = null, always_valid_p_value = null, interval_kind = null, "
    "difference_lower = null, difference_upper = null, fixed_lower = null, fixed_upper = null, "
    "always_valid_lower = null, always_valid_upper = null, lift_lower = null, lift_upper = null, "
    "cuped_difference = null, cuped_lower = null, cuped_upper = null, cuped_p_value = null, "
    "raw_p_value = null, achieved_power = null, is_significant = false"
)

_RESULT_BREAKS = [
    ("key_is_never_null", "variant = null"),
    ("metric_is_known", "metric = 'bounces'"),
    ("metric_is_known", "metric_kind = null"),
    ("units_are_counted", "control_units = 10001"),
    ("units_are_counted", "excluded_units = null"),
    ("progress_is_towards_the_target", "progress = 0.5"),
    (
        "values_can_be_of_their_kind",
        "treatment_value = 1.3, difference = 1.2, lift = 12, raw_treatment_value = 1.3, "
        "raw_difference = 1.2, difference_upper = 2, fixed_upper = 2, always_valid_upper = 2, "
        "lift_upper = 20",
    ),
    ("difference_is_treatment_less_control", "difference = 0.031"),
    ("difference_is_treatment_less_control", "difference = null"),
    ("lift_is_difference_by_control", "lift = 0.31"),
    ("lift_is_difference_by_control", "lift = null"),
    ("raw_values_are_before_the_cut", "raw_control_value = 0.11, raw_difference = 0.02"),
    (
        "raw_values_are_before_the_cut",
        "metric = 'revenue', winsorised_at = 20, raw_control_value = 0.09, raw_difference = 0.04",
    ),
    ("probabilities_are_0_to_1", "raw_p_value = 'nan'"),
    ("probabilities_are_0_to_1", "achieved_power = 80"),
    ("adjusted_p_value_is_not_lower", "p_value = 3e-10"),
    ("a_mismatch_is_tested", "has_srm = null"),
    (
        "a_mismatch_is_tested",
        "has_srm = true, srm_p_value = null, winner = null, why_not = 'not split as planned'",
    ),
    ("intervals_go_with_a_p_value", "always_valid_upper = null"),
    (
        "intervals_go_with_a_p_value",
        UNTESTED.replace("lift_lower = null", "lift_lower = 0.2") + ", winner = 'other', "
        "why_not = 'too few units'",
    ),
    ("says_why_there_is_no_p_value", f"{UNTESTED}, winner = 'other'"),
    ("intervals_hold_their_estimate", "lift_lower = 0.31"),
    ("intervals_hold_their_estimate", "cuped_lower = 0.03, cuped_upper = 0.02"),
    ("interval_is_the_one_that_decided", "difference_lower = 0.019"),
    ("interval_is_the_one_that_decided", "target_sample_size = 40000, progress = 0.5"),
    (
        "always_valid_interval_is_wider",
        "always_valid_lower = 0.021, always_valid_upper = 0.039",
    ),
    ("confidence_level_is_a_share", "confidence_level = 0"),
    (
        "is_significant_if_chance_is_excluded",
        "difference_lower = 0, fixed_lower = 0, always_valid_lower = -0.01",
    ),
    ("is_significant_if_chance_is_excluded", "adjusted_p_value = 0.06"),
    ("is_significant_if_chance_is_excluded", "is_significant = null"),
    (
        "is_significant_if_chance_is_excluded",
        "is_significant = false, winner = null, why_not = 'too early'",
    ),
    (
        "is_significant_if_chance_is_excluded",
        "interval_kind = 'always_valid', always_valid_p_value = 0.06, difference_lower = 0.016, "
        "difference_upper = 0.044, target_sample_size = 40000, progress = 0.5",
    ),
    ("only_a_sound_experiment_has_a_winner", "has_srm = true"),
    ("only_a_sound_experiment_has_a_winner", "days_running = 0"),
    ("only_a_sound_experiment_has_a_winner", "metric_role = 'guardrail'"),
    (
        "only_a_sound_experiment_has_a_winner",
        "adjusted_p_value = 0.06, is_significant = false",
    ),
    ("has_a_winner_or_says_why_not", "winner = null"),
    ("has_a_winner_or_says_why_not", "why_not = 'too early'"),
    ("recommends_in_a_sentence", "recommendation = 'Use it: +3 (interval +nan to +nan).'"),
]

# Check, and what to set in the ordinary row to break it and no other.
BREAKS: dict[str, list[tuple[str, str]]] = {
    "experiments.dim_experiments": [
        ("key_is_never_null", "experiment = null"),
        ("status_is_known", "status = 'stopped'"),
        ("kind_is_known", "unit = 'household'"),
        ("aims_can_be_reached", "confidence_level = 95"),
        ("every_exposed_unit_is_accounted_for", "exposed_units = 1001"),
        (
            "every_exposed_unit_is_accounted_for",
            "counted_units = 1001, excluded_units = -1",
        ),
        ("is_measured_once_it_has_started", "measured_until = null"),
        ("is_measured_once_it_has_started", "started_at = null"),
        ("is_measured_once_it_has_started", "status = 'draft', measured_until = null"),
        ("few_units_saw_several_variants", "counted_units = 989, excluded_units = 11"),
        (
            "no_unit_saw_an_unknown_variant",
            "counted_units = 994, unknown_variant_units = 1",
        ),
    ],
    "experiments.fct_arms": [
        ("key_is_never_null", "dimension_value = null"),
        (
            "metric_is_known",
            "metric = 'bounces', winsorised_at = null, raw_numerator = 30, "
            "raw_numerator_squares = 500",
        ),
        ("dimension_is_known", "dimension = 'browser'"),
        ("units_are_counted", "units = null"),
        ("units_are_counted", "source = 'ad_days'"),
        ("sums_are_known", "numerator = null"),
        (
            "counts_are_not_negative",
            "metric = 'leads', numerator = -30, numerator_denominator = -30, raw_numerator = -30, "
            "raw_numerator_squares = 500, winsorised_at = null",
        ),
        ("counts_are_not_negative", "metric_kind = 'ratio', denominator = -4"),
        # A unit that did, in part.
        (
            "a_proportion_is_of_units_that_did",
            "metric_kind = 'proportion', numerator = 1, numerator_squares = 0.5, covariate = 0, "
            "covariate_squares = 0, numerator_denominator = 1, numerator_covariate = 0, "
            "denominator_covariate = 0",
        ),
        ("only_ratios_have_a_denominator", "denominator_squares = 5"),
        ("only_ratios_have_a_denominator", "numerator_denominator = 29"),
        ("squares_allow_the_sums", "numerator_squares = 224.9"),
        ("squares_allow_the_sums", "covariate_squares = -25"),
        ("squares_allow_the_sums", "numerator_covariate = 112"),
        ("only_revenue_is_cut_off", "winsorised_at = 7"),
        ("only_revenue_is_cut_off", "winsorised_at = null"),
        ("only_revenue_is_cut_off", "raw_numerator = 29"),
        ("only_revenue_is_cut_off", "raw_numerator = 30, raw_numerator_squares = 499"),
        ("only_revenue_is_cut_off", "metric = 'leads'"),
    ],
    "experiments.results": _RESULT_BREAKS,
    # The same checks: one break of each.
    "experiments.dimension_results": [
        ("dimension_is_known", "dimension = 'all'"),
        *dict(reversed(_RESULT_BREAKS)).items(),
    ],
}

# Two experiments that have started and one that has not. Of `banner` 10 units in one day are
# analysed, by device; of `ads` two days of either ad set. Nothing can be tested of so few.
SHOP = f"""
    create schema if not exists experiments;
    create or replace table experiments.dim_experiments as
        select ordinary.* replace (
            new.experiment as experiment, new.status as status, new.source as source,
            new.metric as primary_metric, new.guardrail as guardrail_metrics,
            new.dimensions as dimensions, new.control as control_variant,
            new.counted as exposed_units, new.counted as counted_units, 0 as excluded_units,
            case when new.status <> 'draft' then measured_until end as measured_until
        )
        from ({ORDINARY["experiments.dim_experiments"]}) as ordinary
        cross join (values
            ('banner', 'running', 'units', 'conversion_rate', 'revenue', 'device', 'plain', 10),
            ('ads', 'paused', 'ad_days', 'ctr', null, null, 'a', 0),
            ('copy', 'draft', 'units', 'conversion_rate', null, null, 'plain', 0)
        ) as new(experiment, status, source, metric, guardrail, dimensions, control, counted);

    create or replace table experiments.fct_arms as
        with parts as (
            select 'banner' as experiment, metric, kind, variant, 'device' as dimension, value,
                'units' as source, units, numerator, units::double as denominator,
                squares, units::double as denominator_squares, numerator as products,
                date '2026-01-01' as date
            from (values
                ('conversion_rate', 'proportion', 'plain', 'mobile', 1, 0e0, 0e0),
                ('conversion_rate', 'proportion', 'plain', 'desktop', 3, 1, 1),
                ('conversion_rate', 'proportion', 'bright', 'mobile', 2, 1, 1),
                ('conversion_rate', 'proportion', 'bright', 'desktop', 4, 2, 2),
                ('revenue', 'mean', 'plain', 'mobile', 1, 0, 0),
                ('revenue', 'mean', 'plain', 'desktop', 3, 30, 900),
                ('revenue', 'mean', 'bright', 'mobile', 2, 10, 100),
                ('revenue', 'mean', 'bright', 'desktop', 4, 50, 1300)
            ) as t(metric, kind, variant, value, units, numerator, squares)
        )

        select experiment, metric, kind as metric_kind, variant, dimension,
            value as dimension_value, source, units, numerator, denominator, 0e0 as covariate,
            squares as numerator_squares, denominator_squares, 0e0 as covariate_squares,
            products as numerator_denominator, 0e0 as numerator_covariate,
            0e0 as denominator_covariate, numerator as raw_numerator,
            squares as raw_numerator_squares, null::double as winsorised_at, date
        from (
            from parts
            union all
            select experiment, metric, kind, variant, 'all', 'all', source, sum(units),
                sum(numerator), sum(denominator), sum(squares), sum(denominator_squares),
                sum(products), date
            from parts
            group by all
            union all
            select 'ads', 'ctr', 'ratio', variant, 'all', 'all', 'ad_days', 1, clicks, shown,
                clicks * clicks, shown * shown, clicks * shown, date::date
            from (values
                ('a', '2026-01-01', 1e0, 100e0), ('a', '2026-01-02', 3, 300),
                ('b', '2026-01-01', 2, 100), ('b', '2026-01-02', 2, 100)
            ) as t(variant, date, clicks, shown)
        );

    create or replace table experiments.dimension_results as
        select ordinary.* replace (
            new.experiment as experiment, new.variant as variant, new.metric as metric,
            new.role as metric_role, new.kind as metric_kind, new.dimension as dimension,
            new.value as dimension_value, control as control_value,
            control as raw_control_value, treatment as treatment_value,
            treatment as raw_treatment_value, treatment - control as difference,
            treatment - control as raw_difference, treatment / nullif(control, 0) - 1 as lift,
            new.control_units as control_units, new.treatment_units as treatment_units,
            new.sample as sample_size, null::bigint as target_sample_size,
            null::double as progress, null::varchar as winner, 'too few units' as why_not
        )
        from ({ORDINARY["experiments.dimension_results"]}) as ordinary
        cross join (values
            ('banner', 'bright', 'conversion_rate', 'primary', 'proportion', 'all', 'all',
                0.25e0, 0.5e0, 4, 6, 10),
            ('banner', 'bright', 'revenue', 'guardrail', 'mean', 'all', 'all', 7.5, 10, 4, 6, 10),
            ('ads', 'b', 'ctr', 'primary', 'ratio', 'all', 'all', 0.01, 0.02, 2, 2, 4),
            ('banner', 'bright', 'conversion_rate', 'primary', 'proportion', 'device', 'mobile',
                0, 0.5, 1, 2, 10),
            ('banner', 'bright', 'conversion_rate', 'primary', 'proportion', 'device', 'desktop',
                1e0 / 3, 0.5, 3, 4, 10)
        ) as new(experiment, variant, metric, role, kind, dimension, value, control, treatment,
            control_units, treatment_units, sample);
    update experiments.dimension_results set {UNTESTED};

    create or replace table experiments.results as
        select * exclude (dimension, dimension_value)
        from experiments.dimension_results
        where dimension = 'all';
    delete from experiments.dimension_results where dimension = 'all';
"""
