"""Whole numbers that somebody sent as text: of any length, and perhaps none at all."""

LARGEST = 2**63 - 1
"""What the counting columns of every database hold."""
LARGEST_SHORT = 2**31 - 1
"""What all other columns of numbers hold."""


def whole(text: str, most: int) -> int | None:
    """The number from 0 to `most` that ASCII digits say; None for anything else.

    Python refuses to read numbers of thousands of digits, and takes the digits of every script for digits.
    """
    if not (text.isascii() and text.isdecimal()):
        return None
    digits = text.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(most)) and int(digits) <= most else None
