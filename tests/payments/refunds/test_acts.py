"""Every act in every state, by every role: two people, and only people of finance."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from payments import refunds
from payments.refunds import How, RefundMoved, RefundRefused, deciding
from procedures.actors import SYSTEM, Actor, posts
from procedures.errors import NotFound, SamePerson
from procedures.models import AuditEvent, Job
from tests.payments.refunds.conftest import MORI, TANAKA, Desk

STATES = ("requested", "rejected", "approved", "sent", "requires_action", "confirmed", "failed")
ACTS: dict[str, tuple[Any, ...]] = {
    "approve": (refunds.approve,),
    "reject": (refunds.reject, "理由"),
    "note_paid_outside": (refunds.note_paid_outside, "1", date(2026, 5, 1)),
}
ALLOWED = {("requested", "approve"), ("requested", "reject"), ("approved", "note_paid_outside")}


def led_to(finance: Desk, state: str, way: str = "provider") -> str:
    payment = finance.paid()
    how = How(way=way)
    if state == "requested":
        return finance.request(payment, 500, "withdrawn", "", how)
    if state == "rejected":
        refund = finance.request(payment, 500, "withdrawn", "", how)
        finance.do(refunds.reject, MORI, refund, "理由")
        return refund
    if state == "approved":
        return finance.approved(payment, 500, "withdrawn", "", how)
    refund, theirs = finance.sent(payment, 500)
    then = {"requires_action": "ask_for_account", "confirmed": "go_back", "failed": "fail_refund"}
    if state in then:
        getattr(finance.provider, then[state])(theirs)
        finance.hear("refund.updated", theirs)
    return refund


@pytest.mark.sqlite_only
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_every_act_in_every_state(finance: Desk, state: str, act: str) -> None:
    way = "outside" if (state, act) == ("approved", "note_paid_outside") else "provider"
    refund = led_to(finance, state, way)
    assert finance.status(refund) == state
    service, *arguments = ACTS[act]
    before = finance.till.postings()
    if (state, act) in ALLOWED:
        finance.do(service, MORI, refund, *arguments)
        assert finance.status(refund) != state
    else:
        with pytest.raises(RefundMoved) as moved:
            finance.do(service, MORI, refund, *arguments)
        assert moved.value.status == state
        assert (finance.status(refund), finance.till.postings()) == (state, before)
    finance.till.is_sound()


ROLES = ("clerk", "approver", "auditor", "author", "operator", "finance")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("act", ["request", *ACTS])
@pytest.mark.parametrize("role", [*ROLES, "resident", "visitor", "system"])
def test_every_act_by_every_role(finance: Desk, act: str, role: str) -> None:
    somebody = {
        "resident": finance.till.desk.people.hanako,
        "visitor": Actor("visitor", "v"),
        "system": SYSTEM,
    }.get(role, Actor("staff", "x", "x", posts({role}, {"*"})))
    state = "approved" if act == "note_paid_outside" else "requested"
    refund = led_to(finance, state, "outside")
    payment = finance.row(refund).payment_id
    service, *arguments = ACTS.get(act, (refunds.request, 100, "withdrawn"))
    target = payment if act == "request" else refund
    if role == "finance":
        finance.do(service, somebody, target, *arguments)
    else:
        with pytest.raises(NotFound):
            finance.do(service, somebody, target, *arguments)
        assert finance.status(refund) == state


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_nobody_decides_on_their_own_request(finance: Desk, act: str) -> None:
    refund = finance.request(finance.paid(), 500)
    service, *arguments = ACTS[act]
    with pytest.raises(SamePerson):
        finance.do(service, TANAKA, refund, *arguments)


def test_what_was_decided_is_written_down_and_sent_once(finance: Desk) -> None:
    payment = finance.paid()
    refund, other = finance.request(payment, 500), finance.request(payment, 100)
    outside = finance.request(payment, 50, "withdrawn", "", How(way="outside"))
    finance.till.later(minutes=2)
    finance.approve(refund)
    finance.approve(outside)
    finance.do(refunds.reject, MORI, other, " 二重の申出です ")
    decided = [finance.row(one) for one in (refund, outside, other)]
    assert [(one.status, one.decision) for one in decided] == [
        *([("approved", None)] * 2),
        ("rejected", "二重の申出です"),
    ]
    assert {(one.decided_by, one.decided_at) for one in decided} == {(MORI.key, finance.till.now)}
    with finance.till.database.read() as session:
        queued = session.execute(select(Job.key, Job.payload).where(Job.kind == "refund.send")).all()
        assert queued == [(f"refund.send:{refund}", {"refund_id": refund})]
        rows = select(AuditEvent.object_id, AuditEvent.action, AuditEvent.note, AuditEvent.actor)
        written = session.execute(rows.where(AuditEvent.object_id.in_((refund, other)))).all()
    assert sorted(row for row in written if row.action != "refund.request") == sorted([
        (refund, "refund.approve", "500", MORI.key), (other, "refund.reject", None, MORI.key)
    ])  # fmt: skip
    assert finance.told() == ["refund_approved", "refund_approved"]


def test_what_a_dispute_took_meanwhile_is_not_given_back(finance: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    payment = finance.paid()
    refund, other = finance.request(payment, 400), finance.request(payment, 100)
    for taken, fits in ((500, True), (501, False)):
        monkeypatch.setattr(deciding, "withdrawn_yen", lambda *_about, taken=taken: taken)
        if fits:
            finance.approve(refund)
            continue
        with pytest.raises(RefundRefused) as refused:
            finance.approve(other)
        assert (refused.value.what, refused.value.left) == ("too_much", 0)
        finance.do(refunds.reject, MORI, other, "係争中です")  # that is always possible


def test_the_database_itself_refuses_one_person_for_both(finance: Desk) -> None:
    from sqlalchemy import update
    from sqlalchemy.exc import IntegrityError

    from payments.models import Refund

    finance.request(finance.paid(), 500)
    with pytest.raises(IntegrityError, match="two_people"), finance.till.database.write() as session:
        session.execute(update(Refund).values(status="approved", decided_by=TANAKA.key))
    with pytest.raises(IntegrityError, match="decided_by_somebody"), finance.till.database.write() as session:
        session.execute(update(Refund).values(status="approved"))


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("yen", "reason", "note", "how", "what"),
    [
        (0, "withdrawn", "", How(), "yen"),
        (-5, "withdrawn", "", How(), "yen"),
        (1001, "withdrawn", "", How(), "too_much"),
        (10, "because", "", How(), "reason"),
        (10, "other", " ", How(), "note"),
        (10, "other", "x" * 501, How(), "note"),
        (10, "withdrawn", "a\x00", How(), "note"),
        (10, "withdrawn", "", How(parts={"x:y": 10}), "parts"),
    ],
)
def test_what_cannot_be_asked_for(finance: Desk, yen: int, reason: str, note: str, how: How, what: str) -> None:
    payment = finance.paid()
    with pytest.raises(RefundRefused) as refused:
        finance.request(payment, yen, reason, note, how)
    assert refused.value.what == what
    assert refused.value.left in {0, 1000}


def test_of_a_payment_that_is_not_there(finance: Desk) -> None:
    for service, *arguments in ((refunds.request, "no", 1, "withdrawn"), (refunds.approve, "no")):
        with pytest.raises(NotFound):
            finance.do(service, MORI, *arguments)
