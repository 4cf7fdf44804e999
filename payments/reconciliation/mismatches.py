"""One thing that does not match, typed."""

from dataclasses import dataclass
from typing import Literal

from payments.views import say_discrepancy

Kind = Literal[
    "not_recorded",
    "transaction_twice",
    "amount_differs",
    "not_in_ledger",
    "ledger_differs",
    "not_at_provider",
    "fee_not_posted",
    "refund_unexpected",
    "unknown_transaction",
    "charge_without_payment",
    "payout_not_posted",
    "payout_sum_differs",
    "payout_negative",
    "payout_failed",
    "payout_missing_in_bank",
    "bank_line_unknown",
    "bank_line_twice",
    "bank_amount_differs",
    "bank_match_unsure",
    "bank_balance_gap",
]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not match; amounts in yen, None where there is nothing on that side."""

    kind: Kind
    charge_id: str | None
    reference: str | None
    provider_object: str
    expected_yen: int | None
    found_yen: int | None

    @property
    def expected(self) -> str:
        """The amount as the worklist keeps it."""
        return _yen(self.expected_yen)

    @property
    def found(self) -> str:
        """The amount as the worklist keeps it."""
        return _yen(self.found_yen)

    def say(self, language: str) -> str:
        """What is wrong and what to do, for the finance officer."""
        return say_discrepancy(self.kind, language, self.provider_object, self.expected, self.found)


def _yen(amount: int | None) -> str:
    return "-" if amount is None else f"{amount:,}"
