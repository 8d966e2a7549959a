with

source as (

    select * from {{ source('workspace', 'own_domains') }}

),

selected as (

    select domain from source

)

select * from selected
