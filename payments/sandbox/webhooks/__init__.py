"""Webhooks: signed as Stripe signs them, sent in the background, tried again when they fail."""
