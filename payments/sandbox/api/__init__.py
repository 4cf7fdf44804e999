"""What of Stripe's API is answered: one module a resource."""
