"""What the provider's words for movements of its balance mean to us."""

from collections.abc import Mapping
from typing import Literal

Sort = Literal["taking", "payout", "refund"]

CLASSES: Mapping[str, Sort] = {
    "charge": "taking",
    "payment": "taking",
    "payout": "payout",
    "refund": "refund",
    "payment_refund": "refund",
}
"""Every other word is unknown, and unknown is an error: nobody guesses what moved the money."""
