"""Looks of staff at personal data: recorded in a chain, and read by an auditor."""

from procedures.looking.chain import Seen, record, record_all, verify
from procedures.looking.reading import Looked, looks

__all__ = ["Looked", "Seen", "looks", "record", "record_all", "verify"]
