"""Shopify's order objects as rows of the raw contract, as SQL.

Amounts stay text: they are decimals in the export and never pass through floating point.

An order's total is `total_price`, what was to be paid when it was placed; what is given back
stands in its refunds and lands as such. Amounts exist in the shop's currency and in the one the
customer saw (`..._set.shop_money`, `..._set.presentment_money`); one of the two is taken
throughout, with its currency.
"""

from orchestration.ingestion.readers import REASON_COLUMN
from orchestration.sources.exports.documents import text_at
from orchestration.sources.exports.links import UTM, url_click_id, url_utm

TABLES = ("commerce.orders", "commerce.order_items", "commerce.refunds", "commerce.customers")
SESSIONS = "web.sessions"

# https://shopify.dev/docs/api/admin-graphql/latest/enums/OrderDisplayFinancialStatus: a refund
# is laid as a row of its own, so that a refunded order remains one that was completed.
_PAID = "('paid', 'partially_refunded', 'refunded')"
_UNPAID = "('pending', 'authorized', 'partially_paid')"
_VOID = "('voided', 'expired')"


def order_documents(documents: str) -> str:
    """Return SQL for a `from` clause of one order per row, as `json`.

    A document is an order, `{"order": {...}}` or `{"orders": [...]}` as the API answers.

    Args:
        documents: SQL for a `from` clause with a column `json`, null where a line is none.
    """
    return f"""(
        select unnest(case
            when json_type(json, '/orders') = 'ARRAY' then json_extract(json, '$.orders[*]')
            when json_type(json, '/order') = 'OBJECT' then [json_extract(json, '/order')]
            else [json]
        end) as json
        from {documents}
    )"""


def order_queries(orders: str, money: str, *, with_sessions: bool) -> dict[str, str]:
    """Return the query of each table.

    Args:
        orders: From `order_documents`.
        money: `shop` or `presentment`.
        with_sessions: Whether the visit that an order was placed in is laid as a session.
    """
    # Test orders were never placed by anybody: nothing hangs on them.
    real = f"(select json from {orders} where coalesce({_at('test')}, 'false') <> 'true')"
    sessions = {SESSIONS: _sessions(real)} if with_sessions else {}
    return {
        "commerce.orders": _orders(orders, money, with_sessions=with_sessions),
        "commerce.order_items": _items(real, money),
        "commerce.refunds": _refunds(real, money),
        "commerce.customers": _customers(real),
        **sessions,
    }


def _at(path: str, document: str = "json") -> str:
    return f"nullif({text_at(document, path)}, '')"


def _amount(field: str, money: str, document: str = "json") -> str:
    """SQL: an amount, by its set where the export has one."""
    in_set = _at(f"{field}_set.{money}_money.amount", document)
    return f"coalesce({in_set}, {_at(field, document)})"


def _orders(orders: str, money: str, *, with_sessions: bool) -> str:
    shipping = f"coalesce({_at(f'total_shipping_price_set.{money}_money.amount')}, {_shipping()})"
    session = _session() if with_sessions else "cast(null as varchar)"
    return f"""
        select *, {_campaign()}
        from (
            select {_at("id")} as id, {_at("customer.id")} as customer_id, {_email()} as email,
                {session} as visitor_id, {session} as session_id,
                {_status()} as status, {_currency(money)} as currency_code,
                coalesce({_amount("total_line_items_price", money)},
                    {_amount("subtotal_price", money)}) as subtotal,
                {_amount("total_discounts", money)} as discount_total,
                {shipping} as shipping_total, {_amount("total_tax", money)} as tax_total,
                {_amount("total_price", money)} as total,
                {_at("discount_codes.0.code")} as promo_code,
                {_placed_at()} as created_at,
                {_at("updated_at")} as updated_at, {_at("cancelled_at")} as canceled_at,
                {_at("name")} as order_name, {_at("financial_status")} as financial_status,
                {_at("source_name")} as source_name, {_at("landing_site")} as landing_site,
                {_at("referring_site")} as referring_site,
                case when coalesce(json_type(json) <> 'OBJECT', true) then 'unreadable_json'
                    when {_at("test")} = 'true' then 'test_order' end as {REASON_COLUMN}
            from {orders}
        )
    """


def _sessions(orders: str) -> str:
    """The visit of each order that was placed on the site.

    Shopify tells where it began and from where, but not when, so that it is as old as its order.
    """
    return f"""
        select *, {_campaign().replace("landing_site", "landing_page")}
        from (
            select {_session()} as session_id, {_session()} as visitor_id,
                {_at("customer.id")} as user_id, {_placed_at()} as started_at,
                {_at("landing_site")} as landing_page, {_at("referring_site")} as referrer
            from {orders}
        )
        where session_id is not null
    """


def _session() -> str:
    """SQL: the id of an order's visit; null for one that was not placed on the site."""
    return f"case when {_at('landing_site')} is not null then 'shopify.' || {_at('id')} end"


def _campaign() -> str:
    utm = ", ".join(f"{url_utm('landing_site', part)} as utm_{part}" for part in UTM)
    return f"{utm}, {url_click_id('landing_site')} as click_id"


def _placed_at() -> str:
    """SQL: orders that were imported were placed before they were created."""
    return f"coalesce({_at('processed_at')}, {_at('created_at')})"


def _email() -> str:
    return f"coalesce({_at('email')}, {_at('contact_email')}, {_at('customer.email')})"


def _shipping() -> str:
    """SQL: shipping as the sum of its lines, for exports without a set."""
    prices = "json_extract_string(json, '$.shipping_lines[*].price')"
    amounts = f"list_transform({prices}, lambda price: try_cast(price as decimal(18, 6)))"
    return f"cast(list_sum({amounts}) as varchar)"


def _currency(money: str) -> str:
    whole = _at(f"total_price_set.{money}_money.currency_code")
    return f"coalesce({whole}, {_at('currency')})"


def _status() -> str:
    status = f"lower({_at('financial_status')})"
    return f"""case
        when {_at("cancelled_at")} is not null or {status} in {_VOID} then 'canceled'
        when {status} in {_PAID} and {_at("closed_at")} is not null then 'archived'
        when {status} in {_PAID} then 'completed'
        when {status} is null or {status} in {_UNPAID} then 'pending'
        else 'requires_action'
    end"""


def _items(orders: str, money: str) -> str:
    return f"""
        select {_at("id", "item")} as id, order_id, {_at("product_id", "item")} as product_id,
            coalesce({_at("title", "item")}, {_at("name", "item")}) as product_title,
            {_at("quantity", "item")} as quantity, {_amount("price", money, "item")} as unit_price,
            {_at("sku", "item")} as sku, {_at("variant_id", "item")} as variant_id,
            {_at("variant_title", "item")} as variant_title, {_at("vendor", "item")} as vendor
        from (
            select {_at("id")} as order_id, unnest(json_extract(json, '$.line_items[*]')) as item
            from {orders}
        )
    """


def _refunds(orders: str, money: str) -> str:
    """One row per refund: the money that went back, else what the returned items were worth.

    An order edited before it was paid has refunds without a transaction, whose items make it
    worth less. A refund whose transactions all wait or failed has given nothing back yet.
    """
    transactions = "json_extract(refund, '$.transactions[*]')"
    money_back = _summed(
        f"list_filter({transactions}, lambda one: {text_at('one', 'kind')} = 'refund' "
        f"and {text_at('one', 'status')} = 'success')",
        _amount("amount", money, "one"),
    )
    lines = "json_extract(refund, '$.refund_line_items[*]')"
    worth = (
        f"coalesce({_summed(lines, _amount('subtotal', money, 'one'))}, 0)"
        f" + coalesce({_summed(lines, _amount('total_tax', money, 'one'))}, 0)"
    )
    has_money = f"len({transactions}) > 0"
    currency = (
        f"case when {has_money} then coalesce("
        f"{_at(f'transactions.0.amount_set.{money}_money.currency_code', 'refund')}, "
        f"{_at('transactions.0.currency', 'refund')}, currency) else currency end"
    )
    return f"""
        select * from (
            select {_at("id", "refund")} as id, order_id, customer_id,
                cast(case when {has_money} then {money_back} when len({lines}) > 0 then {worth}
                    end as varchar) as amount,
                {currency} as currency_code,
                coalesce({_at("processed_at", "refund")}, {_at("created_at", "refund")})
                    as created_at,
                {_at("note", "refund")} as note
            from (
                select {_at("id")} as order_id, {_at("customer.id")} as customer_id,
                    {_currency(money)} as currency,
                    unnest(json_extract(json, '$.refunds[*]')) as refund
                from {orders}
            )
        )
        where amount is not null
    """


def _summed(documents: str, amount: str) -> str:
    """SQL: the exact sum of an amount over documents that are called `one`."""
    return (
        f"list_sum(list_transform({documents}, lambda one: try_cast({amount} as decimal(18, 6))))"
    )


def _customers(orders: str) -> str:
    """The newest state of each customer of the file; guests have none."""
    customer = "json_extract(json, '/customer')"
    consent = _at("email_marketing_consent.state", "customer")
    accepts = _at("accepts_marketing", "customer")
    return f"""
        select {_at("id", "customer")} as id, {_at("email", "customer")} as email,
            coalesce({_at("phone", "customer")}, {_at("default_address.phone", "customer")})
                as phone,
            {_at("first_name", "customer")} as first_name,
            {_at("last_name", "customer")} as last_name,
            coalesce({_at("default_address.country_code", "customer")},
                {_at("default_address.country", "customer")}) as country,
            {_at("default_address.city", "customer")} as city,
            case when {consent} is not null then cast({consent} = 'subscribed' as varchar)
                else {accepts} end as marketing_opt_in,
            {_at("created_at", "customer")} as created_at,
            {_at("updated_at", "customer")} as updated_at
        from (
            select {customer} as customer, {_at("updated_at")} as order_updated_at,
                {_at("id")} as order_id
            from {orders}
        )
        where {_at("id", "customer")} is not null
        qualify row_number() over (
            partition by {_at("id", "customer")}
            order by try_cast({_at("updated_at", "customer")} as timestamptz) desc nulls last,
                try_cast(order_updated_at as timestamptz) desc nulls last, order_id desc
        ) = 1
        order by id
    """
