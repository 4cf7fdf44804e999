"""Attempts to pay a charge through the provider's pay page."""
