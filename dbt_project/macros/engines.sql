{#- All that DuckDB and Spark say differently. Each macro is one expression with a variant per
    engine; no model names an engine. -#}

{#- The wall-clock time in `timezone` of a UTC timestamp. -#}
{% macro local_time(moment, timezone) -%}
    {{ return(adapter.dispatch('local_time')(moment, timezone)) }}
{%- endmacro %}
{% macro default__local_time(moment, timezone) -%}
    from_utc_timestamp({{ moment }}, {{ timezone }})
{%- endmacro %}
{% macro duckdb__local_time(moment, timezone) -%}
    timezone({{ timezone }}, timezone('UTC', {{ moment }}))
{%- endmacro %}

{#- Text at a dotted path of a JSON column, null where there is none. `path` is a SQL expression;
    its names are quoted, so that none of them is read as an operator. -#}
{% macro json_text(json, path) -%}
    {{ return(adapter.dispatch('json_text')(json, path)) }}
{%- endmacro %}
{% macro default__json_text(json, path) -%}
    get_json_object({{ json }}, '$[\'' || replace({{ path }}, '.', '\'][\'') || '\']')
{%- endmacro %}
{% macro duckdb__json_text(json, path) -%}
    json_extract_string({{ json }}, '$."' || replace({{ path }}, '.', '"."') || '"')
{%- endmacro %}

{#- Whether `text` contains a match of the regular expression `pattern`. -#}
{% macro matches(text, pattern) -%}
    {{ return(adapter.dispatch('matches')(text, pattern)) }}
{%- endmacro %}
{% macro default__matches(text, pattern) -%}
    ({{ text }} rlike {{ pattern }})
{%- endmacro %}
{% macro duckdb__matches(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{#- A point in time written as text, with or without an offset; null for any other text. -#}
{% macro moment(text) -%}
    {{ return(adapter.dispatch('moment')(text)) }}
{%- endmacro %}
{% macro default__moment(text) -%}
    try_cast({{ text }} as timestamp)
{%- endmacro %}
{% macro duckdb__moment(text) -%}
    try_cast({{ text }} as timestamptz)
{%- endmacro %}

{#- The point in time so many nanoseconds after the start of 1970. -#}
{% macro moment_of_nanoseconds(nanoseconds) -%}
    {{ return(adapter.dispatch('moment_of_nanoseconds')(nanoseconds)) }}
{%- endmacro %}
{% macro default__moment_of_nanoseconds(nanoseconds) -%}
    timestamp_micros({{ nanoseconds }} div 1000)
{%- endmacro %}
{% macro duckdb__moment_of_nanoseconds(nanoseconds) -%}
    make_timestamp({{ nanoseconds }} // 1000)
{%- endmacro %}

{#- Text without its percent-encoding; as it was when that does not encode UTF-8. -#}
{% macro url_decoded(text) -%}
    {{ return(adapter.dispatch('url_decoded')(text)) }}
{%- endmacro %}
{% macro default__url_decoded(text) -%}
    coalesce(try_url_decode({{ text }}), {{ text }})
{%- endmacro %}
{% macro duckdb__url_decoded(text) -%}
    coalesce(try(url_decode({{ text }})), {{ text }})
{%- endmacro %}

{#- Whole days from one date to a later one. -#}
{% macro days_between(earlier, later) -%}
    {{ return(adapter.dispatch('days_between')(earlier, later)) }}
{%- endmacro %}
{% macro default__days_between(earlier, later) -%}
    cast(date_diff({{ later }}, {{ earlier }}) as bigint)
{%- endmacro %}
{% macro duckdb__days_between(earlier, later) -%}
    date_diff('day', {{ earlier }}, {{ later }})
{%- endmacro %}

{#- Seconds from one timestamp to a later one. -#}
{% macro seconds_between(earlier, later) -%}
    {{ return(adapter.dispatch('seconds_between')(earlier, later)) }}
{%- endmacro %}
{% macro default__seconds_between(earlier, later) -%}
    ((unix_micros({{ later }}) - unix_micros({{ earlier }})) / 1000000)
{%- endmacro %}
{% macro duckdb__seconds_between(earlier, later) -%}
    (epoch({{ later }}) - epoch({{ earlier }}))
{%- endmacro %}

{#- A timestamp moved by a number of days; `days` may be negative and may be an expression. -#}
{% macro add_days(moment, days) -%}
    {{ return(adapter.dispatch('add_days')(moment, days)) }}
{%- endmacro %}
{% macro default__add_days(moment, days) -%}
    ({{ moment }} + make_dt_interval({{ days }}))
{%- endmacro %}
{% macro duckdb__add_days(moment, days) -%}
    ({{ moment }} + to_days(cast({{ days }} as integer)))
{%- endmacro %}

{#- A whole number that depends on every value of a row; rows add up to tell tables apart. -#}
{% macro row_fingerprint(columns) -%}
    {{ return(adapter.dispatch('row_fingerprint')(columns)) }}
{%- endmacro %}
{% macro default__row_fingerprint(columns) -%}
    cast(xxhash64({{ columns | join(', ') }}) as decimal(38, 0))
{%- endmacro %}
{% macro duckdb__row_fingerprint(columns) -%}
    cast(hash({{ columns | join(', ') }}) as decimal(38, 0))
{%- endmacro %}

{#- A select of one row per step of a text path, numbered by `step`, beside the columns named. -#}
{% macro path_steps(relation, columns, path, separator) -%}
    {{ return(adapter.dispatch('path_steps')(relation, columns, path, separator)) }}
{%- endmacro %}
{% macro default__path_steps(relation, columns, path, separator) -%}
    select
        {{ columns | join(', ') }},
        steps.step,
        steps.channel
    from {{ relation }}
    lateral view posexplode(split({{ path }}, '{{ separator }}')) steps as step, channel
{%- endmacro %}
{% macro duckdb__path_steps(relation, columns, path, separator) -%}
    select
        {{ columns | join(', ') }},
        generate_subscripts(string_split({{ path }}, '{{ separator }}'), 1) as step,
        unnest(string_split({{ path }}, '{{ separator }}')) as channel
    from {{ relation }}
{%- endmacro %}

{#- An aggregate: values as one text, in the order of the columns named. -#}
{% macro joined_text(text, separator, order_by) -%}
    {{ return(adapter.dispatch('joined_text')(text, separator, order_by)) }}
{%- endmacro %}
{% macro default__joined_text(text, separator, order_by) -%}
    listagg({{ text }}, '{{ separator }}') within group (order by {{ order_by }})
{%- endmacro %}
{% macro duckdb__joined_text(text, separator, order_by) -%}
    string_agg({{ text }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}

{#- An aggregate: the distinct values as one text, in their own order. -#}
{% macro joined_distinct_text(text, separator) -%}
    {{ return(adapter.dispatch('joined_distinct_text')(text, separator)) }}
{%- endmacro %}
{% macro default__joined_distinct_text(text, separator) -%}
    array_join(array_sort(collect_set({{ text }})), '{{ separator }}')
{%- endmacro %}
{% macro duckdb__joined_distinct_text(text, separator) -%}
    string_agg(distinct {{ text }}, '{{ separator }}' order by {{ text }})
{%- endmacro %}

{#- A select of the channels of each journey as one text, ordered by `moments`. -#}
{% macro paths_of(relation, journey, moments) -%}
    {{ return(adapter.dispatch('paths_of')(relation, journey, moments)) }}
{%- endmacro %}
{% macro default__paths_of(relation, journey, moments) -%}
    select
        {{ journey | join(', ') }},
        listagg(channel, ' > ') within group (order by {{ moments }}) as path
    from {{ relation }}
    group by {{ journey | join(', ') }}
{%- endmacro %}
{#- DuckDB sorts every group of an ordered aggregate by itself; a window sorts them all at once,
    in a third of the time. -#}
{% macro duckdb__paths_of(relation, journey, moments) -%}
    select
        {{ journey | join(', ') }},
        string_agg(channel, ' > ') over in_order as path
    from {{ relation }}
    window in_order as (
        partition by {{ journey | join(', ') }} order by {{ moments }}
        rows between unbounded preceding and current row
    )
    qualify lead(channel) over (
        partition by {{ journey | join(', ') }} order by {{ moments }}
    ) is null
{%- endmacro %}

{#- Whether a date is a Saturday or a Sunday. -#}
{% macro is_weekend(day) -%}
    {{ return(adapter.dispatch('is_weekend')(day)) }}
{%- endmacro %}
{% macro default__is_weekend(day) -%}
    (weekday({{ day }}) >= 5)
{%- endmacro %}
{% macro duckdb__is_weekend(day) -%}
    (isodow({{ day }}) >= 6)
{%- endmacro %}

{#- The number of a date's weekday, from 1 for Monday to 7 for Sunday (ISO 8601). -#}
{% macro iso_weekday(day) -%}
    {{ return(adapter.dispatch('iso_weekday')(day)) }}
{%- endmacro %}
{% macro default__iso_weekday(day) -%}
    (weekday({{ day }}) + 1)
{%- endmacro %}
{% macro duckdb__iso_weekday(day) -%}
    isodow({{ day }})
{%- endmacro %}

{#- Values as the text of a JSON object, by name. -#}
{% macro json_of(values) -%}
    {{ return(adapter.dispatch('json_of')(values)) }}
{%- endmacro %}
{% macro default__json_of(values) -%}
    to_json(named_struct(
        {%- for name, value in values.items() %}'{{ name }}', {{ value }}
        {{- '' if loop.last else ', ' }}{% endfor -%}
    ))
{%- endmacro %}
{% macro duckdb__json_of(values) -%}
    cast(to_json(struct_pack(
        {%- for name, value in values.items() %}{{ name }} := {{ value }}
        {{- '' if loop.last else ', ' }}{% endfor -%}
    )) as varchar)
{%- endmacro %}

{#- A select of the whole numbers of an inclusive range, as column `number`. -#}
{% macro numbers(first, last) -%}
    {{ return(adapter.dispatch('numbers')(first, last)) }}
{%- endmacro %}
{% macro default__numbers(first, last) -%}
    select explode(sequence({{ first }}, {{ last }})) as number
{%- endmacro %}
{% macro duckdb__numbers(first, last) -%}
    select unnest(generate_series({{ first }}, {{ last }})) as number
{%- endmacro %}

{#- A whole number of which only the given bit is set, counted from 0. -#}
{% macro bit(position) -%}
    {{ return(adapter.dispatch('bit')(position)) }}
{%- endmacro %}
{% macro default__bit(position) -%}
    shiftleft(cast(1 as bigint), cast({{ position }} as int))
{%- endmacro %}
{% macro duckdb__bit(position) -%}
    (cast(1 as bigint) << cast({{ position }} as bigint))
{%- endmacro %}

{#- Whole years from one date to a later one, as an age. -#}
{% macro years_between(earlier, later) -%}
    {{ return(adapter.dispatch('years_between')(earlier, later)) }}
{%- endmacro %}
{% macro default__years_between(earlier, later) -%}
    cast(floor(months_between({{ later }}, {{ earlier }}) / 12) as bigint)
{%- endmacro %}
{% macro duckdb__years_between(earlier, later) -%}
    date_sub('year', {{ earlier }}, {{ later }})
{%- endmacro %}

{#- An aggregate: the values that cut a column into fifths, interpolated. -#}
{% macro fifths(column) -%}
    {{ return(adapter.dispatch('fifths')(column)) }}
{%- endmacro %}
{% macro default__fifths(column) -%}
    percentile({{ column }}, array(0.2, 0.4, 0.6, 0.8))
{%- endmacro %}
{% macro duckdb__fifths(column) -%}
    quantile_cont({{ column }}, [0.2, 0.4, 0.6, 0.8])
{%- endmacro %}

{#- The nth item of a list, counted from 1. -#}
{% macro nth(list, position) -%}
    {{ return(adapter.dispatch('nth')(list, position)) }}
{%- endmacro %}
{% macro default__nth(list, position) -%}
    element_at({{ list }}, {{ position }})
{%- endmacro %}
{% macro duckdb__nth(list, position) -%}
    list_extract({{ list }}, {{ position }})
{%- endmacro %}

{#- Which of so many equal parts of a table a value falls into, from 0; the same one every time. -#}
{% macro sample_part(column, parts) -%}
    {{ return(adapter.dispatch('sample_part')(column, parts)) }}
{%- endmacro %}
{% macro default__sample_part(column, parts) -%}
    pmod(xxhash64({{ column }}), {{ parts }})
{%- endmacro %}
{% macro duckdb__sample_part(column, parts) -%}
    (hash({{ column }}) % {{ parts }})
{%- endmacro %}
