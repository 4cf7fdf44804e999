"""What somebody saw on the page from which a form was sent."""

from flask import request

LONGEST = 12
"""Digits; more is no sum of ours."""


def seen_yen() -> int | None:
    """The sum on the page from which "pay" was pressed."""
    seen = request.form.get("yen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= LONGEST else None
