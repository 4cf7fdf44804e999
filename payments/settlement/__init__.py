"""Settling: what the provider says was paid becomes a receipt, or something for a person to look at."""

from payments.settlement.recording import record

__all__ = ["record"]
