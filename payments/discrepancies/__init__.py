"""The worklist of what does not match: noted once, and kept until a person or the facts resolve it."""

from payments.discrepancies.noting import forget, note
from payments.discrepancies.reading import discrepancies_where

__all__ = ["discrepancies_where", "forget", "note"]
