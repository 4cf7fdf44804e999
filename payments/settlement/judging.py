"""Whether money that came pays its charges, and if not, why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.lifecycle import Status
from payments.models import Charge
from payments.providers import Taken

Kind = Literal[
    "unknown_charge",
    "wrong_currency",
    "wrong_amount",
    "wrong_reference",
    "paid_twice",
    "paid_after_lapse",
    "paid_after_withdrawal",
    "paid_without_case",
]
WAITS_FOR = {"submission": Status.AWAITING_FEE, "approval": Status.AWAITING_ISSUE_FEE}
"""The purposes of charges for which the case itself waits, and where."""
GONE = frozenset({Status.DRAFT, Status.WITHDRAWN, Status.LAPSED})
"""A case here owes nothing. A difference is owed everywhere else: no case waits for it, none ends for want of it."""
CURRENCY = "jpy"
_ENDED: Mapping[str, Kind] = {
    "paid": "paid_twice",
    "lapsed": "paid_after_lapse",
    "cancelled": "paid_after_withdrawal",
}


@dataclass(frozen=True, slots=True)
class Objection:
    """Why the money cannot be taken as payment: what was expected and what was found, for a person."""

    kind: Kind
    expected: str
    found: str


def unknown(metadata: Mapping[str, str]) -> Objection:
    """No charge of ours is behind this checkout."""
    return Objection("unknown_charge", "-", metadata.get("charge", "-"))


def objection(
    charges: Sequence[Charge], case_status: str, reference: str | None, metadata: Mapping[str, str], taken: Taken
) -> Objection | None:
    """The first reason why this money does not pay these charges, all of them; None when it does."""
    told = metadata.get("reference", "-")
    tests: tuple[tuple[Kind, str, str], ...] = (
        ("wrong_currency", CURRENCY, taken.currency),
        ("wrong_reference", str(reference), told),
        ("wrong_amount", str(sum(charge.yen for charge in charges)), str(taken.yen)),
    )
    for kind, expected, found in tests:
        if expected != found:
            return Objection(kind, expected, found)
    for charge in charges:
        if charge.status != "demanded":
            return Objection(_ENDED[charge.status], "demanded", charge.status)
        waited = WAITS_FOR.get(charge.purpose)
        if case_status in GONE or waited not in (None, case_status):
            return Objection("paid_without_case", waited or charge.purpose, case_status)
    return None
