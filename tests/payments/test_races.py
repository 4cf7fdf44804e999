"""Several workers and people at the same moment: one receipt, one end, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from payments.charges import lapse_overdue
from payments.settlement import record
from payments.sweep import sweep
from procedures.errors import TransitionRefused
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till


def together(*works: Callable[[], object]) -> list[object]:
    """All of them begin at the same moment; what one raises is its result."""
    start = Barrier(len(works))

    def begin(work: Callable[[], object]) -> object:
        start.wait()
        try:
            return work()
        except TransitionRefused as refused:
            return refused

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


def paid_page(till: Till, provider: ScriptedProvider) -> tuple[str, str]:
    application_id = till.owing()
    checkout_id = str(till.open(application_id).url).rpartition("/")[2]
    provider.pay(checkout_id)
    return application_id, checkout_id


def settle(till: Till, provider: ScriptedProvider, checkout_id: str) -> None:
    with till.database.write() as session:
        record(session, "stripe", till.now, provider.states[checkout_id])


def test_six_workers_settle_the_same_payment(counter: Till, scripted: ScriptedProvider) -> None:
    application_id, checkout_id = paid_page(counter, scripted)
    together(*[lambda: settle(counter, scripted, checkout_id)] * 6)
    assert counter.payments() == [("settled", 1000)]
    assert counter.postings() == ["demand", "receipt"]
    assert counter.status(application_id) == "received"
    counter.is_sound()


def test_two_sweeps_at_once(counter: Till, scripted: ScriptedProvider) -> None:
    cases = [paid_page(counter, scripted)[0] for _ in range(5)]
    counter.later(minutes=11)
    together(*[lambda: sweep(counter.database, scripted, counter.now)] * 2)
    assert {counter.status(case) for case in cases} == {"received"}
    assert len(counter.payments()) == 5
    counter.is_sound()


@pytest.mark.parametrize("turn", range(4))
def test_withdrawn_and_paid_at_once_ends_in_one_of_the_two(
    counter: Till, scripted: ScriptedProvider, turn: int
) -> None:
    application_id, checkout_id = paid_page(counter, scripted)
    together(lambda: counter.withdraw(application_id), lambda: settle(counter, scripted, checkout_id))
    end = (counter.status(application_id), counter.charge(application_id).status, counter.discrepancies())
    assert end in (
        ("withdrawn", "cancelled", ["paid_after_withdrawal"]),
        ("withdrawn", "paid", ["paid_and_withdrawn"]),  # received first, then withdrawn: finance decides on a refund
        ("received", "paid", []),
    )
    counter.is_sound()


@pytest.mark.parametrize("turn", range(4))
def test_two_lapses_and_a_late_payment_at_once(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    application_id, checkout_id = paid_page(counter, scripted)
    counter.now = scripted.now = counter.now.replace(day=8, hour=17)
    together(
        lambda: lapse_overdue(counter.database, scripted, counter.now),
        lambda: lapse_overdue(counter.database, scripted, counter.now),
        lambda: settle(counter, scripted, checkout_id),
    )
    assert counter.status(application_id) == "received"
    assert counter.charge(application_id).status == "paid"
    assert counter.postings() == ["demand", "receipt"]
    counter.is_sound()
