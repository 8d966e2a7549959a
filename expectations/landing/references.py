"""References between landed tables, which are counted and refuse nothing.

A deleted ad, a guest and an order that lands tomorrow are ordinary: their rows stay. Many of
them at once mean that a table is missing days, which is worth a warning.
"""

from dataclasses import dataclass

from expectations.checks import Check
from expectations.writing import no_rows_in
from orchestration.ingestion.contract import table_named


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another landed table."""

    table: str
    column: str
    parent: str


REFERENCES = (
    Reference("meta_ads.adsets", "campaign_id", "meta_ads.campaigns"),
    Reference("meta_ads.ads", "adset_id", "meta_ads.adsets"),
    Reference("meta_ads.insights", "ad_id", "meta_ads.ads"),
    Reference("meta_ads.leads", "ad_id", "meta_ads.ads"),
    Reference("web.events", "order_id", "commerce.orders"),
    Reference("commerce.orders", "customer_id", "commerce.customers"),
    Reference("commerce.order_items", "order_id", "commerce.orders"),
    Reference("commerce.refunds", "order_id", "commerce.orders"),
    Reference("crm.form_submissions", "customer_id", "commerce.customers"),
    Reference("crm.feedback", "customer_id", "commerce.customers"),
    Reference("social.mentions", "post_id", "social.posts"),
)


def reference_checks(table: str) -> tuple[Check, ...]:
    """Return the checks that a table's references resolve, where the other table has rows."""
    return tuple(
        _resolves(reference, table_named(reference.parent).key[0])
        for reference in REFERENCES
        if reference.table == table
    )


def _resolves(reference: Reference, parent_key: str) -> Check:
    relation = table_named(reference.table).relation
    parent = table_named(reference.parent).relation
    key = ", ".join(f'child."{name}"' for name in table_named(reference.table).key)
    columns = (
        key
        if reference.column in table_named(reference.table).key
        else (f'{key}, child."{reference.column}"')
    )
    return no_rows_in(
        reference.table,
        name=f"{reference.column}_is_among_{reference.parent.replace('.', '_')}",
        query=(
            f"select {columns} from {relation} as child "
            f'anti join {parent} as parent on child."{reference.column}" = parent."{parent_key}" '
            f'where child."{reference.column}" is not null'
        ),
        severity="warn",
        meaning=f"These rows name {reference.parent} that never landed; they stay without them.",
        reads=(relation, parent),
        # A source that is not used at all is not a source with gaps.
        applies_if=f"select count(*) > 0 from {parent}",
    )
