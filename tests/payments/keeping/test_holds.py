"""A case whose money is not settled is not erased; who runs the installation is told why; then it goes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from payments.concerns import kept_for_money
from payments.disputes.postings import LOST, WRITTEN_OFF_KIND
from payments.keeping import HOLDS
from payments.ledger import Entry, post
from payments.ledger.accounts import LOSS, SUSPENSE, WRITTEN_OFF
from payments.models import Charge, Discrepancy, Dispute, Payment, Refund
from payments.settlement import record
from procedures import cases, decisions, doctor
from procedures.checks.keys import overdue
from procedures.keeping import due as looking
from procedures.keeping.due import due, erase_due, erased_on, held
from procedures.models import Application, Erased
from tests.payments.keeping.rows import add
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

ALL = frozenset({"*"})


@pytest.fixture
def case(counter: Till, scripted: ScriptedProvider) -> str:
    """Paid, refused, and its time is over."""
    case = counter.owing()
    page = counter.page(case)
    scripted.pay(page)
    with counter.database.write() as session:
        record(session, "stripe", counter.now, scripted.states[page])
    people, do = counter.desk.people, counter.desk.do
    do(cases.claim, people.sato, case)
    proposal = do(decisions.propose, people.sato, case, "refuse", ("R1",), "理由")
    do(decisions.approve, people.suzuki, case, proposal)
    on = erased_on(counter.now.date(), 5)
    counter.now = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
    return case


def open_charge(till: Till, case: str) -> Callable[[], None]:
    with till.database.write() as session:
        there = update(Charge).where(Charge.application_id == case)
        session.execute(there.values(status="demanded"))
    return partial(change, till, there.values(status="paid"))


def refund_of(status: str) -> Callable[[Till, str], Callable[[], None]]:
    def begin(till: Till, case: str) -> Callable[[], None]:
        with till.database.write() as session:
            signed = {} if status == "requested" else {"decided_by": "person:suzuki", "decided_at": till.now}
            row = {"payment_id": session.scalars(select(Payment.id)).one(), "way": "provider", "status": status}
            add(session, "refund", till.now, **row, requested_by="person:tanaka", **signed)
        ended = {"status": "confirmed", "decided_by": "person:suzuki", "decided_at": till.now}
        return partial(change, till, update(Refund).values(ended))

    return begin


def put_aside(till: Till, case: str) -> Callable[[], None]:
    change(till, update(Payment).values(state="suspense"))
    return partial(change, till, update(Payment).values(state="settled"))


def disputed(till: Till, case: str) -> Callable[[], None]:
    with till.database.write() as session:
        add(session, "dispute", till.now, payment_id=session.scalars(select(Payment.id)).one(), status="under_review")
    return partial(change, till, update(Dispute).values(status="won", closed_at=till.now))


def lost(till: Till, case: str) -> Callable[[], None]:
    """Closed at the bank, and nobody has decided yet who bears it."""
    with till.database.write() as session:
        of = {"payment_id": session.scalars(select(Payment.id)).one(), "status": "lost", "closed_at": till.now}
        dispute = add(session, "dispute", till.now, **of)["id"]
        day, entry = till.now.date(), [Entry(LOSS, SUSPENSE, 1000)]
        post(session, till.now, LOST, f"{LOST}:{dispute}", entry, day=day, fiscal_year=2032)

    def write_off() -> None:
        with till.database.write() as session:
            source, entry = f"{WRITTEN_OFF_KIND}:{dispute}", [Entry(WRITTEN_OFF, LOSS, 1000)]
            post(session, till.now, WRITTEN_OFF_KIND, source, entry, day=day, fiscal_year=2032)

    return write_off


def not_matching(named: bool) -> Callable[[Till, str], Callable[[], None]]:
    def begin(till: Till, case: str) -> Callable[[], None]:
        with till.database.write() as session:
            charge, payment = session.scalars(select(Charge.id)).one(), session.scalars(select(Payment)).one()
            about = {"charge_id": charge} if named else {"provider_object": payment.payment_id}
            add(session, "discrepancy", till.now, **about)
        return partial(change, till, update(Discrepancy).values(resolved_at=till.now))

    return begin


def change(till: Till, statement: object) -> None:
    with till.database.write() as session:
        session.execute(statement)


OPEN = {
    "unpaid": ("charge", open_charge),
    "refund asked for": ("refund", refund_of("requested")),
    "refund on its way": ("refund", refund_of("sent")),
    "refund that failed": ("refund", refund_of("failed")),
    "money put aside": ("refund", put_aside),
    "dispute": ("dispute", disputed),
    "lost dispute": ("dispute", lost),
    "charge that does not match": ("discrepancy", not_matching(named=True)),
    "payment that does not match": ("discrepancy", not_matching(named=False)),
}


def test_it_is_kept_until_all_of_it_is_settled(counter: Till, case: str) -> None:
    late = counter.now + timedelta(days=3)
    for what, (name, begin) in OPEN.items():
        settle = begin(counter, case)
        with counter.database.write() as session:
            assert due(session, counter.now, 10) == {case: "retention"}
            assert due(session, counter.now, 10, HOLDS) == {}, what
            assert held(session, counter.now, 10, HOLDS) == {case: [name]}, what
            assert erase_due(session, counter.now, 10, HOLDS) == 0
            assert kept_for_money(session, counter.now, ALL) == 1
            assert [(one.check, one.object_id) for one in overdue(session, late, HOLDS)] == [(f"held_{name}", case)]
        settle()
        with counter.database.read() as session:
            assert held(session, counter.now, 10, HOLDS) == {}, what
            assert kept_for_money(session, counter.now, ALL) == 0
            assert [one.check for one in overdue(session, late, HOLDS)] == ["kept_too_long"]
    with counter.database.write() as session:
        assert erase_due(session, counter.now, 10, HOLDS) == 1
        assert session.get(Erased, case) is not None
        assert session.get_one(Application, case).owner == "erased"


def test_another_case_s_money_holds_nothing(counter: Till, case: str) -> None:
    counter.owing(actor=counter.desk.people.hanako)
    with counter.database.write() as session:
        add(session, "discrepancy", counter.now)
        assert due(session, counter.now, 10, HOLDS) == {case: "retention"}
        assert held(session, counter.now, 10, HOLDS) == {}


def test_what_comes_between_the_look_and_the_lock_is_seen(
    counter: Till, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "unheld", lambda _holds: [])
    open_charge(counter, case)
    with counter.database.write() as session:
        assert erase_due(session, counter.now, 10, HOLDS) == 1
        assert session.get(Erased, case) is None
        assert doctor.run(session) == []
