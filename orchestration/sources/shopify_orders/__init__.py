"""Shopify's order objects into orders, items, refunds and customers.

`queries.py` says where orders are in a file and what a field means; `connector.py` is the source.
Fields are those of the REST Admin API
(https://shopify.dev/docs/api/admin-rest/latest/resources/order), which exports still write.
"""
