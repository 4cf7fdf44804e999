"""Stripe's REST interface: keys, versions, idempotency, forms, paging, and one module a resource."""
