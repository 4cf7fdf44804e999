"""The bodies of a payout and of the balance."""

from collections.abc import Mapping
from typing import Any

from payments.sandbox.store import Body

# Why a bank sends a payout back, as Stripe names and words it.
FAILURES: Mapping[str, str] = {
    "account_closed": "The bank account has been closed.",
    "could_not_process": "The bank could not process this payout.",
    "incorrect_account_holder_name": "Your bank notified us that the bank account holder name on file is incorrect.",
    "invalid_account_number": "The routing number seems correct, but the account number is invalid.",
    "no_account": "The bank account details on file are probably incorrect. No bank account could be found.",
}


def payout(payout_id: str, created: int, amount: int, transaction: str, *, arrival: int, automatic: bool) -> Body:
    """Money on its way to the authority's bank."""
    return {
        "id": payout_id,
        "object": "payout",
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": arrival,
        "automatic": automatic,
        "balance_transaction": transaction,
        "created": created,
        "currency": "jpy",
        "description": "STRIPE PAYOUT",
        "destination": "ba_sandbox",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "completed" if automatic else "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "in_transit",
        "trace_id": {"status": "pending", "value": None},
        "type": "bank_account",
    }


def balance(available: int, pending: int) -> Body:
    """What Stripe holds for the authority, in yen."""

    def share(amount: int) -> list[dict[str, Any]]:
        return [{"amount": amount, "currency": "jpy", "source_types": {"card": amount}}]

    return {"object": "balance", "available": share(available), "livemode": False, "pending": share(pending)}
