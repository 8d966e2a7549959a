with

categories as (

    select * from {{ ref('source_categories') }}

),

sources as (

    select source from {{ ref('int_session_sources') }}
    union
    select cost_source as source from {{ ref('stg_marketing__costs') }}

),

-- A name fits a source written as the bare name or as a host under it; longer names first,
-- so that mail.google.com is not taken for a search.
final as (

    select
        sources.source,
        categories.category,
        categories.platform
    from sources
    -- The cheap condition first: a pattern is compiled for every pair that reaches it.
    inner join categories
        on
            instr(sources.source, categories.name) > 0
            and {{ matches('sources.source', 'categories.source_pattern') }}
    qualify
        row_number() over (
            partition by sources.source
            order by length(categories.name) desc, categories.name asc
        ) = 1

)

select * from final
