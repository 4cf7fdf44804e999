"""A fee that rose with a correction: demanded as a charge of its own, told, paid or not, and no case ends over it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from payments import cases, expiring
from payments.differences import settle
from payments.views import ChargeView, say_discrepancy
from procedures import decisions
from procedures.actors import SYSTEM
from procedures.models import Job
from tests.payments.charges.test_differing import bill
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_paid_and_over import answer, ask, paid, worklist
from tests.payments.till import Till


def notices(till: Till, *kinds: str) -> list[tuple[str, dict[str, object]]]:
    """The notices of these kinds that were queued, with their facts."""
    with till.database.read() as session:
        payloads = session.scalars(select(Job.payload).where(Job.kind == "notice.send").order_by(Job.created_at))
        return [(one["kind"], one["facts"]) for one in payloads if one["kind"] in kinds]


def rise(till: Till, scripted: ScriptedProvider, copies: int = 5) -> tuple[str, ChargeView]:
    """A permit of two copies that was paid and corrected to more, an hour later: case and difference."""
    case = paid(till, scripted)
    till.later(hours=1)
    correct(till, case, copies)
    return case, till.charge(case)


def correct(till: Till, case: str, copies: int) -> int:
    ask(till, case)
    return answer(till, case, copies).difference


def pay(till: Till, scripted: ScriptedProvider, case: str) -> None:
    page = till.page(case)
    scripted.pay(page)
    till.tell(page)


def test_what_is_missing_is_demanded_and_told(counter: Till, scripted: ScriptedProvider) -> None:
    case, more = rise(counter, scripted)
    assert (more.purpose, more.status, more.yen, more.fiscal_year) == ("difference", "demanded", 1500, 2026)
    assert more.payer == counter.charges(case)[0].payer
    assert [(line.account, line.yen) for line in more.lines] == [("1201-03", 1500)]
    assert more.due_on == counter.charges(case)[0].due_on, "the spec's own rule, counted from the same day"
    facts = {"yen": 1500, "before": 1000, "after": 2500, "pay_by": more.due_on.isoformat()}
    assert notices(counter, "difference_due") == [("difference_due", facts)]
    assert counter.status(case) == "in_review", "the examination goes on"
    assert worklist(counter) == []
    assert counter.balances()["receivable:1201-03"] == 1500
    counter.is_sound()


def test_it_is_paid_and_the_case_stays_where_it_is(counter: Till, scripted: ScriptedProvider) -> None:
    case, more = rise(counter, scripted)
    pay(counter, scripted, case)
    assert [charge.status for charge in counter.charges(case)] == ["paid", "paid"]
    assert counter.shares()[more.id] == 1500
    assert counter.status(case) == "in_review"
    assert counter.balances() == {"provider:stripe": 2500, "revenue:1201-03": -2500}
    counter.is_sound()


def test_free_of_charge_at_first(counter: Till) -> None:
    from procedures import cases as clerks

    case = counter.owing(copies=0)
    with counter.database.write() as session:
        clerks.claim(session, counter.desk.people.sato, counter.now, case)
    assert correct(counter, case, 3) == 1500
    assert counter.charge(case).yen == 1500
    counter.is_sound()


@pytest.mark.parametrize(
    ("first", "second", "told", "standing"),
    [
        (5, 6, 500, [("paid", 1000), ("cancelled", 1500), ("demanded", 2000)]),
        (5, 4, -500, [("paid", 1000), ("cancelled", 1500), ("demanded", 1000)]),
        (5, 2, -1500, [("paid", 1000), ("cancelled", 1500)]),
        (5, 1, -2000, [("paid", 1000), ("cancelled", 1500)]),
        (1, 5, 1500, [("paid", 1000), ("demanded", 1500)]),
    ],
)
def test_a_second_correction_replaces_what_was_not_paid(
    counter: Till,
    scripted: ScriptedProvider,
    first: int,
    second: int,
    told: int,
    standing: list[tuple[str, int]],
) -> None:
    case, _ = rise(counter, scripted, first)
    counter.later(hours=1)
    assert correct(counter, case, second) == told
    assert [(charge.status, charge.yen) for charge in counter.charges(case)] == standing
    assert [kind for kind, _, _ in worklist(counter)] == ["fee_fell_after_correction"] * (1 in (first, second))
    counter.is_sound()


@pytest.mark.parametrize(("second", "standing"), [(6, ["paid", "paid", "demanded"]), (4, ["paid", "paid"])])
def test_a_second_correction_after_the_difference_was_paid(
    counter: Till, scripted: ScriptedProvider, second: int, standing: list[str]
) -> None:
    case, _ = rise(counter, scripted)
    pay(counter, scripted, case)
    counter.later(hours=1)
    correct(counter, case, second)
    assert [charge.status for charge in counter.charges(case)] == standing
    assert worklist(counter) == ([] if second > 5 else [("fee_fell_after_correction", "2000", "2500")])
    counter.is_sound()


def test_the_same_price_again_leaves_the_demand(counter: Till, scripted: ScriptedProvider) -> None:
    case, more = rise(counter, scripted)
    with counter.database.write() as session:
        assert settle(session, SYSTEM, counter.now, case, "again", bill({"1201-03": 2500}), more.due_on) == 0
    assert counter.charge(case).id == more.id


def test_the_page_of_what_was_replaced_is_closed(counter: Till, scripted: ScriptedProvider) -> None:
    case, _ = rise(counter, scripted)
    old = counter.page(case)
    counter.later(hours=1)
    correct(counter, case, 6)
    assert "payment.close" in counter.work()
    assert scripted.states[old].status == "expired"
    assert scripted.states[counter.page(case)].yen == 2000


def refuse(till: Till, case: str) -> None:
    _decide(till, case, "refuse", ("R1",))


def approve(till: Till, case: str) -> None:
    _decide(till, case, "approve", ())


def _decide(till: Till, case: str, outcome: str, codes: tuple[str, ...]) -> None:
    people = till.desk.people
    with till.database.write() as session:
        proposal = decisions.propose(session, people.sato, till.now, case, outcome, codes, "理由の説明")
    with till.database.write() as session:
        cases.approve(session, people.suzuki, till.now, case, proposal)


def withdraw(till: Till, case: str) -> None:
    till.withdraw(case)


@pytest.mark.parametrize(
    ("ending", "status", "charge"),
    [(approve, "approved", "demanded"), (refuse, "refused", "demanded"), (withdraw, "withdrawn", "cancelled")],
)
def test_what_becomes_of_it_when_the_case_ends(
    counter: Till, scripted: ScriptedProvider, ending: Callable[[Till, str], None], status: str, charge: str
) -> None:
    """A decision either way leaves it owed: the fee is for the examination. Who withdraws owes it no longer."""
    case, _ = rise(counter, scripted)
    ending(counter, case)
    assert (counter.status(case), counter.charge(case).status) == (status, charge)
    counter.is_sound()
    if charge == "demanded":
        pay(counter, scripted, case)
        assert (counter.status(case), counter.charge(case).status) == (status, "paid")
        counter.is_sound()


def test_a_correction_that_lapses_ends_what_an_earlier_one_cost(
    counter: Till, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = rise(counter, scripted)
    ask(counter, case)
    monkeypatch.setattr("procedures.corrections.overdue._lapses", lambda _procedure: True)
    assert expiring.expire(counter.database, counter.now + timedelta(days=20)) == 1
    assert (counter.status(case), counter.charge(case).status) == ("lapsed", "cancelled")
    counter.is_sound()


@pytest.mark.parametrize("kind", ["difference_overdue", "fee_moved_between_accounts", "fee_fell_after_correction"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_is_said_in_words(kind: str, language: str) -> None:
    told = say_discrepancy(kind, language, "7K3M-9QFA/2", "1500", "2500")
    assert "1500" in told
    assert "7K3M-9QFA/2" in told


def test_what_moves_between_accounts_waits_for_a_person(counter: Till, scripted: ScriptedProvider) -> None:
    """One 歳入科目 gets more and another less: what is missing in sum is demanded, the rest is for a person."""
    case = paid(counter, scripted)
    counter.later(hours=1)
    price = bill({"1201-03": 400, "1201-04": 900})
    with counter.database.write() as session:
        settle(session, SYSTEM, counter.now, case, "7K3M-9QFA/2", price, counter.charge(case).due_on)
    assert counter.charge(case).yen == 300
    assert counter.balances()["receivable:1201-04"] == 300
    assert worklist(counter) == [("fee_moved_between_accounts", "1201-03 -600, 1201-04 +900", "1000")]
    pay(counter, scripted, case)
    counter.is_sound()
