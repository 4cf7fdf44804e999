"""Stripe through its SDK, which is imported when it is first needed."""

from payments.providers.stripe.adapter import API_VERSION, StripeProvider

__all__ = ["API_VERSION", "StripeProvider"]
