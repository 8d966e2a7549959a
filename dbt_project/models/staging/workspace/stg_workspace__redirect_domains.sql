with

source as (

    select * from {{ source('workspace', 'redirect_domains') }}

),

selected as (

    select domain from source

)

select * from selected
