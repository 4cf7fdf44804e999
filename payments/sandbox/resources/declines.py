"""Why a card is declined: Stripe's error code, decline code and message, and how far the attempt came."""

from dataclasses import dataclass
from typing import Any

DECLINED = "Your card was declined."
INSUFFICIENT = "Your card has insufficient funds."


@dataclass(frozen=True, slots=True)
class Decline:
    """`code` of the error; `kind` and `network` of the charge's outcome."""

    code: str
    message: str
    kind: str = "issuer_declined"
    network: str = "declined_by_network"


# By decline code; the first is what happens when nobody chooses. The test cards of Stripe's documents cause the same.
DECLINES: dict[str, Decline] = {
    "generic_decline": Decline("card_declined", DECLINED),
    "insufficient_funds": Decline("card_declined", INSUFFICIENT),
    "lost_card": Decline("card_declined", DECLINED),
    "stolen_card": Decline("card_declined", DECLINED),
    "expired_card": Decline("expired_card", "Your card has expired."),
    "incorrect_cvc": Decline("incorrect_cvc", "Your card's security code is incorrect."),
    "processing_error": Decline("processing_error", "An error occurred while processing your card. Try again."),
    "fraudulent": Decline("card_declined", DECLINED, "blocked", "not_sent_to_network"),
}


def outcome(kind: str, network: str, message: str, reason: str | None) -> dict[str, Any]:
    """`outcome` of a charge."""
    return {
        "advice_code": "try_again_later" if kind == "issuer_declined" else None,
        "network_advice_code": None,
        "network_decline_code": "05" if kind == "issuer_declined" else None,
        "network_status": network,
        "reason": reason,
        "seller_message": message,
        "type": kind,
    }


def outcome_of(decline_code: str) -> dict[str, Any]:
    """The outcome of a charge that was declined so."""
    decline = DECLINES[decline_code]
    blocked = decline.kind == "blocked"
    message = "Stripe blocked this payment as too risky." if blocked else "The bank did not return any further details."
    return outcome(decline.kind, decline.network, message, "highest_risk_level" if blocked else decline_code)
