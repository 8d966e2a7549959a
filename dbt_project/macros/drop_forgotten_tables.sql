{#- dbt-duckdb 1.11 makes the temporary table of an incremental Python model a lasting one in the
    main schema, and forgets it. -#}
{% macro drop_forgotten_tables() -%}
    {%- if execute -%}
    {%- set forgotten = run_query(
        "select table_name from duckdb_tables() where starts_with(table_name, '"
        ~ this.identifier ~ "__dbt_tmp')"
    ) -%}
    {%- for table in forgotten.columns[0] %}
    drop table {{ table }};
    {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
