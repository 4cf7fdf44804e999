"""Charges of 6,000 yen, paid in each way."""

import stripe

from tests.payments.conftest import Payer

DAY = 86_400


def paid(payer: Payer, choice: str = "card_ok") -> stripe.Charge:
    """A charge of 6,000 yen."""
    session = payer.session()
    payer.choose(session.id, choice)
    if choice == "konbini":
        payer.at_the_shop(payer.look(session.id).payment_intent.id)
    if choice == "paypay":
        payer.approve(session.id, "paypay")
    return payer.look(session.id).payment_intent.latest_charge


def movements(payer: Payer) -> list[tuple[str, int, int]]:
    """What moved the balance, the oldest first: reporting category, amount, fee."""
    rows = payer.client.v1.balance_transactions.list({"limit": 100}).data
    return [(row.reporting_category, row.amount, row.fee) for row in rows[::-1]]
