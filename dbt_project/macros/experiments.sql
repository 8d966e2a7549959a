{#- The sums that inference on a numerator, a denominator and a covariate of units needs. -#}
{% macro moment_sums() -%}
    {{ exact_sum('numerator') }} as numerator,
        {{ exact_sum('denominator') }} as denominator,
        {{ exact_sum('covariate') }} as covariate,
        {{ exact_sum('numerator * numerator') }} as numerator_squares,
        {{ exact_sum('denominator * denominator') }} as denominator_squares,
        {{ exact_sum('covariate * covariate') }} as covariate_squares,
        {{ exact_sum('numerator * denominator') }} as numerator_denominator,
        {{ exact_sum('numerator * covariate') }} as numerator_covariate,
        {{ exact_sum('denominator * covariate') }} as denominator_covariate
{%- endmacro %}
