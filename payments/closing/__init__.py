"""Closing days (日計): nothing is posted on a closed day any more."""

from payments.closing.days import last_closed, open_day

__all__ = ["last_closed", "open_day"]
