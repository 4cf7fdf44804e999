"""What the provider's words for movements of its balance mean to us."""

from collections.abc import Mapping
from typing import Literal

Sort = Literal["taking", "payout", "payout_back", "refund"]

CLASSES: Mapping[str, Sort] = {
    "charge": "taking",
    "payment": "taking",
    "payout": "payout",
    "payout_cancel": "payout_back",
    "payout_failure": "payout_back",
    "refund": "refund",
    "payment_refund": "refund",
}
"""Every other word is unknown, and unknown is an error: nobody guesses what moved the money."""
