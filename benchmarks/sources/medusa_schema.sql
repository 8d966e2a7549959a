-- The tables and columns of Medusa v2 (order, customer modules) that the connector reads, without
-- foreign keys: `psql -f medusa_schema.sql`, then medusa_shop.sql fills and indexes them.

create type order_status_enum as enum
    ('pending', 'completed', 'draft', 'archived', 'canceled', 'requires_action');
create type return_status_enum as enum ('requested', 'received', 'partially_received', 'canceled');

create unlogged table customer (
    id text primary key, company_name text, first_name text, last_name text, email text,
    phone text, has_account boolean not null default false, metadata jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz, created_by text
);

create unlogged table customer_address (
    id text not null, customer_id text not null, is_default_shipping boolean not null,
    is_default_billing boolean not null, city text, country_code text,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_address (
    id text not null, customer_id text, first_name text, last_name text, address_1 text,
    city text, country_code text, province text, postal_code text, phone text, metadata jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table "order" (
    id text primary key, region_id text, display_id serial, customer_id text,
    version integer not null default 1, sales_channel_id text,
    status order_status_enum not null default 'pending',
    is_draft_order boolean not null default false, email text, currency_code text not null,
    shipping_address_id text, billing_address_id text, metadata jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz, canceled_at timestamptz
);

create unlogged table order_summary (
    id text not null, order_id text not null, version integer not null default 1, totals jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_line_item (
    id text not null, totals_id text, title text not null, subtitle text, variant_id text,
    product_id text, product_title text, product_type text, product_collection text,
    variant_sku text, variant_title text, is_tax_inclusive boolean not null default false,
    unit_price numeric, raw_unit_price jsonb, metadata jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_item (
    id text not null, order_id text not null, version integer not null, item_id text not null,
    quantity numeric not null, raw_quantity jsonb not null,
    return_requested_quantity numeric not null default 0,
    return_received_quantity numeric not null default 0,
    return_dismissed_quantity numeric not null default 0,
    written_off_quantity numeric not null default 0, unit_price numeric, raw_unit_price jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_line_item_adjustment (
    id text not null, item_id text not null, version integer not null default 1,
    promotion_id text, code text, amount numeric not null, raw_amount jsonb,
    is_tax_inclusive boolean not null default false,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_line_item_tax_line (
    id text not null, item_id text not null, code text, rate numeric not null, raw_rate jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_shipping (
    id text not null, order_id text not null, version integer not null,
    shipping_method_id text not null, return_id text, claim_id text, exchange_id text,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_shipping_method (
    id text not null, name text, amount numeric not null, raw_amount jsonb,
    is_tax_inclusive boolean not null default false,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_shipping_method_tax_line (
    id text not null, shipping_method_id text not null, rate numeric not null, raw_rate jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_shipping_method_adjustment (
    id text not null, shipping_method_id text not null, code text, amount numeric not null,
    raw_amount jsonb, created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), deleted_at timestamptz
);

create unlogged table order_credit_line (
    id text not null, order_id text not null, version integer not null default 1,
    reference text, reference_id text, amount numeric not null, raw_amount jsonb, metadata jsonb,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table order_transaction (
    id text not null, order_id text not null, version integer not null default 1,
    amount numeric not null, raw_amount jsonb not null, currency_code text not null,
    reference text, reference_id text, return_id text, claim_id text, exchange_id text,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

create unlogged table "return" (
    id text not null, order_id text not null, order_version integer not null,
    status return_status_enum not null default 'requested', refund_amount numeric,
    raw_refund_amount jsonb, created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(), deleted_at timestamptz,
    received_at timestamptz, canceled_at timestamptz
);
