"""How Stripe's API is spoken, whatever is asked: keys, versions, forms, paging, idempotency, errors, ordered faults."""
