-- A Medusa v2 shop of :orders orders, always the same: one or two items each, 20 % tax, 5.00
-- shipping, a promotion on every tenth, a return with its refund on every twentieth, goodwill on
-- every fiftieth. Orders are a minute apart and end at 2026-03-01 00:00 UTC.

set time zone 'UTC';

create temp table places as
select
    i,
    'order_' || lpad(i::text, 9, '0') as order_id,
    'cus_' || lpad((i % greatest(:orders / 4, 1))::text, 9, '0') as customer_id,
    timestamptz '2026-03-01' - (:orders - i) * interval '1 minute' as placed_at,
    1 + i % 2 as items,
    i % 20 = 7 as is_returned,
    i % 50 = 13 as has_goodwill,
    i % 10 = 3 as has_promotion
from generate_series(1, :orders) as i;

insert into customer (id, first_name, last_name, email, has_account, created_at, updated_at)
select customer_id, 'First', 'Last', customer_id || '@shop.example', true, min(placed_at),
    min(placed_at)
from places group by customer_id;

insert into order_address (id, customer_id, city, country_code, created_at, updated_at)
select 'ordaddr_' || i, customer_id, 'City ' || i % 40, (array['de', 'fr', 'us'])[1 + i % 3],
    placed_at, placed_at
from places;

insert into "order" (
    id, customer_id, version, status, email, currency_code, shipping_address_id, created_at,
    updated_at
)
select order_id, customer_id, case when is_returned then 2 else 1 end,
    case when i % 4 = 0 then 'pending' else 'completed' end::order_status_enum,
    customer_id || '@shop.example', 'eur', 'ordaddr_' || i, placed_at, placed_at
from places;

insert into order_line_item (
    id, title, product_id, product_title, product_type, variant_title, unit_price,
    created_at, updated_at
)
select 'ordli_' || i || '_' || item, 'Title ' || i % 50, 'prod_' || i % 50, 'Product ' || i % 50,
    'Type ' || i % 5, 'M', price, placed_at, placed_at
from places, generate_series(1, items) as item,
    lateral (select 10 + (i % 97) * 0.25 + item) as p (price);

-- The second version of a returned order says that its first item came back.
insert into order_item (
    id, order_id, version, item_id, quantity, raw_quantity, return_received_quantity, created_at,
    updated_at
)
select 'orditem_' || i || '_' || item || '_' || version, order_id, version,
    'ordli_' || i || '_' || item, 1 + item % 2, '{}', case when version = 2 and item = 1 then 2 else 0 end, placed_at, placed_at
from places, generate_series(1, items) as item,
    generate_series(1, case when is_returned then 2 else 1 end) as version;

insert into order_line_item_adjustment (id, item_id, code, amount, created_at, updated_at)
select 'ordliadj_' || i, 'ordli_' || i || '_1', 'SAVE2', 2, placed_at, placed_at
from places where has_promotion;

insert into order_line_item_tax_line (id, item_id, code, rate, created_at, updated_at)
select 'ordlitxl_' || id, id, 'VAT', 20, created_at, updated_at from order_line_item;

insert into order_shipping_method (id, name, amount, created_at, updated_at)
select 'ordsm_' || i, 'Standard', 5, placed_at, placed_at from places;

insert into order_shipping (id, order_id, version, shipping_method_id, created_at, updated_at)
select 'ordspmv_' || i || '_' || version, order_id, version, 'ordsm_' || i, placed_at, placed_at
from places, generate_series(1, case when is_returned then 2 else 1 end) as version;

insert into order_credit_line (id, order_id, version, reference, amount, created_at, updated_at)
select 'ordcl_' || i, order_id, case when is_returned then 2 else 1 end, 'refund', 3, placed_at,
    placed_at
from places where has_goodwill;

create temp table worth as
select i, order_id, version, is_returned, has_goodwill, placed_at,
    case when has_promotion then 2 else 0 end as discount,
    sum(price * quantity) as goods,
    1.2 * (sum(price * quantity) - case when has_promotion then 2 else 0 end) + 5 as total,
    -- Of the first item: all of it came back.
    1.2 * (sum(price * quantity) filter (where item = 1)
        - case when has_promotion then 2 else 0 end) as came_back
from places
join "order" on "order".id = order_id,
    generate_series(1, items) as item,
    lateral (select 10 + (i % 97) * 0.25 + item, 1 + item % 2) as p (price, quantity)
group by i, order_id, version, is_returned, has_goodwill, placed_at, has_promotion;

insert into order_summary (id, order_id, version, totals, created_at, updated_at)
select 'ordsum_' || i || '_' || summaries.version, order_id, summaries.version,
    jsonb_build_object(
        'current_order_total', current_total,
        'raw_current_order_total',
        jsonb_build_object('value', current_total::text, 'precision', 20),
        'original_order_total', total, 'paid_total', total,
        'refunded_total', total - current_total
    ), placed_at, placed_at
from worth, generate_series(1, version) as summaries (version),
    lateral (
        select total - case when summaries.version = 2 then came_back else 0 end
            - case when has_goodwill then 3 else 0 end
    ) as c (current_total);

insert into order_transaction (
    id, order_id, version, amount, raw_amount, currency_code, reference, created_at, updated_at
)
select 'ordtrx_' || kind || '_' || i, order_id, version, amount, '{}', 'eur',
    case kind when 'paid' then 'capture' else 'refund' end, placed_at, placed_at
from worth,
    lateral (
        values ('paid', total), ('returned', case when is_returned then -came_back end),
            ('goodwill', case when has_goodwill then -3 end)
    ) as t (kind, amount)
where amount is not null;

create index on order_summary (order_id);
create index on order_item (order_id);
create index on order_item (item_id);
create index on order_line_item (id);
create index on order_line_item_adjustment (item_id);
create index on order_line_item_tax_line (item_id);
create index on order_shipping (order_id);
create index on order_shipping_method (id);
create index on order_address (id);

analyze;
