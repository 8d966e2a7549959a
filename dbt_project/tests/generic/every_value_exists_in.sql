{#- Values of a column that another model does not know. A null refers to nothing and passes. -#}
{% test every_value_exists_in(model, column_name, to, field) %}

    select distinct referring.{{ column_name }}
    from {{ model }} as referring
    left join {{ to }} as referred_to on referring.{{ column_name }} = referred_to.{{ field }}
    where referring.{{ column_name }} is not null and referred_to.{{ field }} is null

{% endtest %}
