"""A refund is sent once, whatever answer is lost: timeouts after success, crashes, dead jobs, refusals, races."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from payments import refunds
from payments.providers import ProviderUnavailable
from payments.refunds import RefundMoved, RefundRefused
from payments.refunds.sending import order_of, send
from payments.refunds.sweep import sweep
from procedures.errors import SamePerson
from procedures.jobs import ATTEMPTS
from procedures.models import Job
from tests.payments.refunds.conftest import MORI, TANAKA, Desk
from tests.payments.test_races import together


@pytest.mark.parametrize("failures", [["late"], ["lost", "late"], ["", "late"], ["", "late", "", "late"], ["lost"] * 3])
def test_a_timeout_never_makes_a_second_refund(finance: Desk, failures: list[str]) -> None:
    refund = finance.approved(finance.paid(), 500)
    finance.provider.fail_next = list(failures)
    for _ in range(len(failures) + 1):
        finance.till.work()
        finance.till.later(hours=7)
    assert finance.status(refund) == "sent"
    assert len(finance.provider.refunds) == 1
    assert finance.till.discrepancies() == []
    finance.till.is_sound()


def test_not_even_after_the_provider_has_forgotten_the_key(finance: Desk) -> None:
    refund = finance.approved(finance.paid(), 500)
    finance.provider.fail_next = ["", "late"]
    finance.till.work()
    assert (finance.status(refund), len(finance.provider.refunds)) == ("approved", 1)
    finance.provider.refund_keys.clear()
    finance.till.later(days=2)
    finance.till.work()
    assert (finance.status(refund), len(finance.provider.refunds)) == ("sent", 1)


def test_a_crash_between_the_answer_and_our_commit(finance: Desk) -> None:
    refund = finance.approved(finance.paid(), 500)
    send(finance.till.database, finance.provider, finance.till.now, refund)  # and what it answers is never written
    finance.till.work()
    assert finance.status(refund) == "sent"
    assert len(finance.provider.refunds) == 1


def test_the_webhook_is_quicker_than_our_own_commit(finance: Desk) -> None:
    refund = finance.approved(finance.paid(), 500)
    finish = send(finance.till.database, finance.provider, finance.till.now, refund)
    finance.provider.go_back("re_1")
    finance.hear("refund.updated", "re_1")
    assert finance.status(refund) == "confirmed"
    assert finish is not None
    with finance.till.database.write() as session:
        finish(session)  # says pending, and comes too late
    assert finance.status(refund) == "confirmed"
    finance.till.is_sound()


def test_what_the_provider_refuses_goes_to_a_person(finance: Desk) -> None:
    finance.provider.refuse_refunds = "InvalidRequestError 400 charge_disputed"
    refund = finance.approved(finance.paid(), 500)
    finance.till.work()
    assert (finance.status(refund), finance.row(refund).failure) == (
        "failed",
        "InvalidRequestError 400 charge_disputed",
    )
    assert finance.till.discrepancies() == ["refund_failed"]
    assert finance.till.work() == []
    finance.till.is_sound()


def test_a_refusal_of_what_was_done_before_is_no_failure(finance: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address for instructions has changed between two attempts: the same key with another request is refused."""
    refund = finance.approved(finance.paid(), 500)
    send(finance.till.database, finance.provider, finance.till.now, refund)
    look, looks = finance.provider.refunds_of, []

    def blind_at_first(payment_id: str) -> object:
        looks.append(payment_id)
        return iter(()) if len(looks) == 1 else look(payment_id)

    monkeypatch.setattr(finance.provider, "refunds_of", blind_at_first)
    [key] = finance.provider.refund_keys
    order, theirs = finance.provider.refund_keys[key]
    finance.provider.refund_keys[key] = (replace(order, email="x@example.jp"), theirs)
    finance.till.work()
    assert finance.status(refund) == "sent"
    assert len(finance.provider.refunds) == 1


def test_pauses_between_attempts_grow(finance: Desk) -> None:
    finance.approved(finance.paid(), 500)
    finance.till.work()
    refund = finance.approved(finance.paid(), 500)
    pauses: list[timedelta] = []
    finance.provider.fail_next = ["lost"] * 20
    while True:
        while finance.work_once() != "refund.send":
            continue
        with finance.till.database.read() as session:
            job = session.execute(select(Job).where(Job.key == f"refund.send:{refund}")).scalar_one()
        if job.state == "dead":
            break
        pauses.append(job.run_at - finance.till.now)
        finance.till.now = job.run_at
    assert len(pauses) == ATTEMPTS - 1
    assert all(before < after or after == timedelta(hours=6) for before, after in pairwise(pauses))
    finance.provider.fail_next.clear()
    sweep(finance.till.database, finance.provider, finance.till.now)
    assert finance.status(refund) == "sent"  # a dead job is not the end


@pytest.mark.parametrize("kind", ["refund.note", "dispute.note", "payment.settle"])
def test_every_job_that_asks_is_tried_again(finance: Desk, kind: str) -> None:
    event = {"refund.note": "refund.updated", "dispute.note": "charge.dispute.created", "payment.settle": "checkout.x"}
    from payments.webhooks import receive

    with finance.till.database.write() as session:
        receive(session, finance.provider, finance.till.now, f"e1 {event[kind]} x_1".encode(), "good")
    finance.provider.fail_next = ["lost", "lost"]
    pauses = []
    for _ in range(2):
        finance.work_once()
        with finance.till.database.read() as session:
            job = session.execute(select(Job).where(Job.kind == kind)).scalar_one()
        pauses.append(job.run_at - finance.till.now)
        assert job.state == "waiting"
        finance.till.now = job.run_at
    assert pauses == [timedelta(seconds=30), timedelta(seconds=60)]


def test_sweeps_stop_when_the_provider_is_away_and_go_on_later(finance: Desk) -> None:
    refund, theirs = finance.sent(finance.paid(), 500)
    finance.provider.go_back(theirs)
    finance.till.later(minutes=11)
    finance.provider.fail_next = ["lost"]
    with pytest.raises(ProviderUnavailable):
        sweep(finance.till.database, finance.provider, finance.till.now)
    sweep(finance.till.database, finance.provider, finance.till.now)
    assert finance.status(refund) == "confirmed"


def test_what_is_told_to_the_provider(finance: Desk) -> None:
    refund = finance.approved(finance.paid(), 500)
    with finance.till.database.read() as session:
        order = order_of(session, refund)
    assert order is not None
    assert (order.key, order.refund_id, order.yen, order.duplicate) == (f"refund-{refund}", refund, 500, False)
    assert order.reference
    assert order.charge_id


def test_the_same_webhook_twice_is_stored_once(finance: Desk) -> None:
    from payments.models import ProviderEvent

    _, theirs = finance.sent(finance.paid(), 500)
    for _ in range(2):
        finance.hear("refund.updated", theirs, "evt_1")
    with finance.till.database.read() as session:
        rows = session.scalars(select(ProviderEvent).where(ProviderEvent.object_id == theirs)).all()
    assert [row.handled_at is not None for row in rows] == [True]


def test_a_refund_that_somebody_made_at_the_provider_is_none_of_ours(finance: Desk) -> None:
    from payments.providers import RefundOrder
    from payments.reconciliation import import_transactions

    payment = finance.paid()
    order = RefundOrder(
        key="theirs",
        refund_id="unknown",
        payment_id="pi_cs_1",
        charge_id=None,
        reference=None,
        yen=200,
        duplicate=False,
        email=None,
    )
    theirs = finance.provider.create_refund(order).id
    finance.provider.go_back(theirs)
    finance.hear("refund.updated", theirs)
    finance.till.later(minutes=1)
    import_transactions(finance.till.database, finance.provider, finance.till.now)
    assert finance.till.discrepancies() == ["refund_unexpected"]
    assert finance.request(payment, 800)


def test_our_own_refunds_are_expected_also_when_they_come_back(finance: Desk) -> None:
    from payments.reconciliation import import_transactions

    _, theirs = finance.sent(finance.paid(), 200)
    finance.provider.go_back(theirs)
    finance.till.later(minutes=1)
    import_transactions(finance.till.database, finance.provider, finance.till.now)  # before we have heard of it
    finance.hear("refund.updated", theirs)
    finance.provider.fail_refund(theirs)
    finance.till.later(minutes=1)
    import_transactions(finance.till.database, finance.provider, finance.till.now)
    assert finance.till.discrepancies() == []
    finance.hear("refund.failed", theirs)
    assert finance.till.discrepancies() == ["refund_failed"]


def test_the_provider_gives_back_something_else(finance: Desk) -> None:
    refund, theirs = finance.sent(finance.paid(), 200)
    finance.provider.refunds[theirs] = replace(finance.provider.refunds[theirs], yen=900, status="succeeded")
    finance.hear("refund.updated", theirs)
    assert finance.status(refund) == "sent"
    assert finance.till.discrepancies() == ["refund_differs"]


REFUSALS = (RefundRefused, RefundMoved, SamePerson)


def tried(work: Callable[[], object]) -> Callable[[], object]:
    def attempt() -> object:
        try:
            return work()
        except REFUSALS as refused:
            return refused

    return attempt


def test_six_people_ask_for_all_of_it_at_once(finance: Desk) -> None:
    payment = finance.paid()
    finance.provider.watch = lambda: None
    answers = together(*[tried(lambda: finance.request(payment, 1000))] * 6)
    assert sum(isinstance(answer, str) for answer in answers) == 1
    finance.till.is_sound()


def test_many_partial_requests_at_once_never_go_beyond_it(finance: Desk) -> None:
    payment = finance.paid()
    finance.provider.watch = lambda: None
    answers = together(*[tried(lambda: finance.request(payment, 300))] * 6)
    assert sum(isinstance(answer, str) for answer in answers) == 3


def test_approved_and_rejected_at_once(finance: Desk) -> None:
    refund = finance.request(finance.paid(), 1000)
    finance.provider.watch = lambda: None
    answers = together(
        tried(lambda: finance.approve(refund)),
        tried(lambda: finance.do(refunds.reject, MORI, refund, "理由")),
        tried(lambda: finance.approve(refund)),
        tried(lambda: finance.approve(refund, TANAKA)),
    )
    assert sum(answer is None for answer in answers) == 1
    assert finance.status(refund) in {"approved", "rejected"}
    finance.till.is_sound()


def test_job_sweep_and_webhook_at_once(finance: Desk) -> None:
    refund = finance.approved(finance.paid(), 1000)
    finance.till.later(minutes=11)
    finance.provider.watch = lambda: None
    together(
        finance.till.work,
        lambda: sweep(finance.till.database, finance.provider, finance.till.now),
        lambda: sweep(finance.till.database, finance.provider, finance.till.now),
    )
    assert finance.status(refund) == "sent"
    assert len(finance.provider.refunds) == 1
    finance.provider.go_back("re_1")
    finance.till.later(minutes=11)
    together(
        lambda: finance.hear("refund.updated", "re_1", "a"),
        lambda: finance.hear("refund.updated", "re_1", "b"),
        lambda: sweep(finance.till.database, finance.provider, finance.till.now),
    )
    assert finance.status(refund) == "confirmed"
    assert finance.till.postings().count("refund_paid") == 1
    finance.till.is_sound()
