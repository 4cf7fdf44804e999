"""What the worker is told: which jobs payments knows, and what it does again and again."""

from payments.jobs import handlers, periodic
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till


def test_the_kinds_of_jobs(scripted: ScriptedProvider) -> None:
    payment, others = {"payment.settle", "payment.close"}, {"refund.send", "refund.note", "dispute.note"}
    assert set(handlers(scripted)) == payment | others


def test_what_is_done_again_and_again_runs_on_an_empty_database(counter: Till, scripted: ScriptedProvider) -> None:
    works = periodic(scripted)
    corrections = ["correction.remind", "correction.expire"]
    assert [work.name for work in works] == [
        "payment.sweep",
        "payment.lapse",
        "payment.overdue",
        "payment.carry",
        "payment.remind",
        *corrections,
        "refund.sweep",
        "dispute.sweep",
        "books.forget",
        "payment.import",
    ]
    for work in works:
        work.run(counter.database, counter.now)
    assert scripted.calls == ["disputes", "transactions"]


def test_one_round_of_all_of_it_settles_lapses_and_imports(counter: Till, scripted: ScriptedProvider) -> None:
    paid, forgotten = counter.owing(), counter.owing()
    scripted.pay(str(counter.open(paid).url).rpartition("/")[2])
    counter.later(days=8)
    scripted.now = counter.now
    for work in periodic(scripted):
        work.run(counter.database, counter.now)
    assert (counter.status(paid), counter.status(forgotten)) == ("received", "lapsed")
    assert counter.balances() == {"provider:stripe": 964, "fee:stripe": 36, "revenue:1201-03": -1000}
    counter.is_sound()
