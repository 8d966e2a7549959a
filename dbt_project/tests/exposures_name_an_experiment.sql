-- Exposures of an experiment or a variant that experiments.yaml does not name: nobody analyses
-- them. Names are compared as they are written.
{{ config(severity='warn') }}

select
    exposures.experiment,
    exposures.variant,
    count(*) as exposures
from {{ ref('stg_experiments__exposures') }} as exposures
left join {{ ref('stg_workspace__experiment_variants') }} as variants
    on exposures.experiment = variants.experiment and exposures.variant = variants.variant
where variants.experiment is null
group by 1, 2
