"""What money pays its charges, and why other money does not: each rule alone, the first that is broken is told."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from engine.lifecycle import Status
from payments.providers import Taken
from payments.settlement.judging import Objection, objection, unknown

MOMENT = datetime(2026, 5, 1, tzinfo=UTC)
TAKEN = Taken(
    payment_id="pi_1",
    provider_charge_id="ch_1",
    method="card",
    yen=3500,
    currency="jpy",
    authorised_at=MOMENT,
    captured_at=MOMENT,
    transaction_id=None,
    fee_yen=None,
    available_at=None,
)
TOLD = {"reference": "A-1"}


def charge(yen: int = 3000, status: str = "demanded", purpose: str = "submission") -> Any:
    return SimpleNamespace(yen=yen, status=status, purpose=purpose)


OWED = (charge(), charge(500, purpose="difference"))


def test_all_of_it_in_yen_for_this_case_pays() -> None:
    assert objection(OWED, Status.AWAITING_FEE, "A-1", TOLD, TAKEN) is None


@pytest.mark.parametrize(
    ("changes", "told", "expected"),
    [
        ({"yen": 1}, TOLD, Objection("wrong_amount", "3500", "1")),
        ({"yen": 3501}, TOLD, Objection("wrong_amount", "3500", "3501")),
        ({"currency": "usd"}, TOLD, Objection("wrong_currency", "jpy", "usd")),
        ({}, {"reference": "A-2"}, Objection("wrong_reference", "A-1", "A-2")),
        ({}, {}, Objection("wrong_reference", "A-1", "-")),
        ({"yen": 1, "currency": "usd"}, {}, Objection("wrong_currency", "jpy", "usd")),
    ],
)
def test_only_the_exact_money_pays(changes: dict[str, Any], told: dict[str, str], expected: Objection) -> None:
    assert objection(OWED, Status.AWAITING_FEE, "A-1", told, replace(TAKEN, **changes)) == expected


@pytest.mark.parametrize(
    ("status", "kind"),
    [("paid", "paid_twice"), ("lapsed", "paid_after_lapse"), ("cancelled", "paid_after_withdrawal")],
)
@pytest.mark.parametrize("place", [0, 1])
def test_only_what_is_demanded_is_paid(status: str, kind: str, place: int) -> None:
    owed = [charge(), charge(500, purpose="difference")]
    owed[place].status = status
    assert objection(owed, Status.AWAITING_FEE, "A-1", TOLD, TAKEN) == Objection(kind, "demanded", status)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(
    ("purpose", "waits"), [("submission", {Status.AWAITING_FEE}), ("approval", {Status.AWAITING_ISSUE_FEE})]
)
def test_a_fee_is_paid_while_its_case_waits_for_it(status: Status, purpose: str, waits: set[Status]) -> None:
    why = objection([charge(3500, purpose=purpose)], status, "A-1", TOLD, TAKEN)
    [expected] = waits
    assert why == (None if status in waits else Objection("paid_without_case", expected, status))


GONE = {Status.DRAFT, Status.WITHDRAWN, Status.LAPSED}


@pytest.mark.parametrize("status", Status)
def test_a_difference_is_owed_until_the_case_is_gone(status: Status) -> None:
    why = objection([charge(3500, purpose="difference")], status, "A-1", TOLD, TAKEN)
    assert why == (Objection("paid_without_case", "difference", status) if status in GONE else None)


def test_money_of_no_charge_says_which_was_meant() -> None:
    assert unknown({"charge": "c1"}) == Objection("unknown_charge", "-", "c1")
    assert unknown({}) == Objection("unknown_charge", "-", "-")
    assert objection([], Status.DRAFT, "A-1", TOLD, replace(TAKEN, yen=0)) is None
