"""Two webhooks, the sweep, the payer's return and the lapse at the very same moment, on real databases: one end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from payments.charges import NothingToPay, lapse_overdue
from payments.jobs import handlers
from payments.reconciliation import import_transactions
from payments.sweep import sweep
from payments.webhooks import receive
from procedures.errors import TransitionRefused
from procedures.jobs import run_one
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

COMPLETED, LATER = "checkout.session.completed", "checkout.session.async_payment_succeeded"


def together(*works: Callable[[], object]) -> None:
    """All begin at the same moment; only what the rules refuse may be raised."""
    start = Barrier(len(works))

    def begin(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
        except (NothingToPay, TransitionRefused):
            return

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(begin, work) for work in works]:
            done.result()


def told(till: Till, kind: str, page: str) -> None:
    """A webhook, and a worker who does what waits."""
    with till.database.write() as session:
        receive(session, till.provider, till.now, f"evt_{kind} {kind} {page}".encode(), "good")
    known = dict.fromkeys(("notice.send", "certificate.issue"), lambda *_: None) | dict(handlers(till.provider))
    while run_one(till.database, lambda: till.now, kind, known):
        pass


def settled(till: Till, scripted: ScriptedProvider) -> None:
    """What is left is done; then everything was done once."""
    till.work()
    till.later(minutes=31)
    scripted.now = till.now
    till.work()
    sweep(till.database, scripted, till.now)
    import_transactions(till.database, scripted, till.now)
    assert till.discrepancies() == []
    till.is_sound()


@pytest.mark.parametrize("turn", range(3))
def test_all_who_hear_of_one_payment_at_once(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    """Paid in its last minute; the lapse comes while everybody else learns of it."""
    case = counter.owing()
    page = counter.page(case)
    scripted.pay(page)
    counter.now = scripted.now = counter.now.replace(day=8, hour=17)
    works: list[Callable[[], object]] = [
        partial(told, counter, COMPLETED, page),
        partial(told, counter, LATER, page),
        partial(sweep, counter.database, scripted, counter.now),
        partial(counter.open, case),
        partial(lapse_overdue, counter.database, scripted, counter.now),
    ]
    together(*works[turn:], *works[:turn])
    settled(counter, scripted)
    assert (counter.status(case), counter.charge(case).status) == ("received", "paid")
    assert counter.payments() == [("settled", 1000)]
    assert sorted(counter.postings()) == ["demand", "fee", "receipt"]


@pytest.mark.parametrize("turn", range(3))
def test_nobody_paid_and_all_come_at_once(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    case = counter.owing()
    page = counter.page(case)
    counter.now = scripted.now = counter.now.replace(day=8, hour=17)
    works: list[Callable[[], object]] = [
        partial(told, counter, COMPLETED, page),
        partial(sweep, counter.database, scripted, counter.now),
        partial(counter.open, case),
        partial(lapse_overdue, counter.database, scripted, counter.now),
        partial(counter.withdraw, case),
    ]
    together(*works[turn:], *works[:turn])
    settled(counter, scripted)
    ends = {("lapsed", "lapsed"), ("withdrawn", "cancelled")}
    assert (counter.status(case), counter.charge(case).status) in ends
    assert len(counter.postings()) == 2
    assert counter.balances() == {}
