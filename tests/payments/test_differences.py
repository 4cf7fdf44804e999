"""A fee that rose with a correction: demanded as a charge of its own, told, paid or not, and no case ends over it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import select, text

from engine.fees import FeeQuote, QuotedLine
from engine.model import Text
from engine.words import LANGUAGES
from payments import cases, expiring
from payments.charges import lapse_overdue
from payments.demands.differing import by_account, rising
from payments.demands.quotes import shares
from payments.differences import settle
from payments.discrepancies import note
from payments.jobs import periodic
from payments.models import Charge, Discrepancy
from payments.overdue import tell_overdue
from payments.reminders import remind
from payments.views import ChargeView, say_discrepancy
from procedures import decisions
from procedures.actors import SYSTEM
from procedures.models import Job
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
        line = QuotedLine(id="a", title=Text("a"), law="", account="1201-03", count=5, unit_yen=500, yen=2500)
        assert settle(session, SYSTEM, counter.now, case, "again", FeeQuote((line,), 0, 2500), more.due_on) == 0
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


def overdue(till: Till, scripted: ScriptedProvider, charge: ChargeView, *, hours: int = 1) -> None:
    till.now = scripted.now = charge.due_at + timedelta(hours=hours)


def test_unpaid_after_its_day_it_stays_owed_and_a_person_is_told_once(
    counter: Till, scripted: ScriptedProvider
) -> None:
    case, more = rise(counter, scripted)
    overdue(counter, scripted, more)
    assert lapse_overdue(counter.database, scripted, counter.now) == 0
    assert [tell_overdue(counter.database, scripted, counter.now) for _ in range(3)] == [1, 0, 0]
    assert worklist(counter) == [("difference_overdue", "1500", more.due_on.isoformat())]
    assert [kind for kind, _ in notices(counter, "difference_overdue")] == ["difference_overdue"]
    assert (counter.status(case), counter.charge(case).status) == ("in_review", "demanded")
    counter.is_sound()


def test_late_it_can_be_paid(counter: Till, scripted: ScriptedProvider) -> None:
    case, more = rise(counter, scripted)
    overdue(counter, scripted, more, hours=48)
    page = counter.page(case)
    order, _ = scripted.by_key[f"checkout-{more.id}-2"]
    assert (order.konbini_days, "konbini" in order.methods) == (3, True)
    scripted.pay(page)
    counter.tell(page)
    assert counter.charge(case).status == "paid"
    counter.is_sound()


def test_the_provider_is_asked_before_anybody_is_told(counter: Till, scripted: ScriptedProvider) -> None:
    """Paid in the last hour, and the webhook was lost."""
    case, more = rise(counter, scripted)
    scripted.pay(counter.page(case))
    overdue(counter, scripted, more)
    assert tell_overdue(counter.database, scripted, counter.now) == 0
    assert (counter.charge(case).status, worklist(counter)) == ("paid", [])


@pytest.mark.parametrize("hours", [-1, 0])
def test_not_before_its_day_and_the_grace_are_over(counter: Till, scripted: ScriptedProvider, hours: int) -> None:
    _, more = rise(counter, scripted)
    overdue(counter, scripted, more, hours=hours)
    assert tell_overdue(counter.database, scripted, counter.now) == 0


def test_of_a_case_that_went_another_way_nobody_is_told(counter: Till, scripted: ScriptedProvider) -> None:
    case, more = rise(counter, scripted)
    with counter.database.write() as session:
        session.execute(text("UPDATE application SET status = 'withdrawn' WHERE id = :id"), {"id": case})
    overdue(counter, scripted, more)
    assert tell_overdue(counter.database, scripted, counter.now) == 0
    assert (counter.charge(case).status, worklist(counter)) == ("cancelled", [])


def test_the_worker_does_it(counter: Till, scripted: ScriptedProvider) -> None:
    _, more = rise(counter, scripted)
    overdue(counter, scripted, more)
    works = {work.name: work.run for work in periodic(scripted)}
    assert works["payment.overdue"](counter.database, counter.now) == 1


def test_it_is_reminded_of_in_its_own_words(counter: Till, scripted: ScriptedProvider) -> None:
    _, more = rise(counter, scripted)
    counter.now = more.due_at - timedelta(days=2)
    assert [remind(counter.database, counter.now) for _ in range(2)] == [1, 0]
    facts = {"yen": 1500, "pay_by": more.due_on.isoformat()}
    assert notices(counter, "fee_reminder", "difference_reminder") == [("difference_reminder", facts)]


@pytest.mark.parametrize("apart", [0, 1, 2])
def test_several_charges_are_one_reminder(counter: Till, apart: int) -> None:
    """Three charges that fall due within three days of each other: one mail with the sum and the first day."""
    case = counter.owing()
    fee = counter.charge(case)
    more = counter.further(case, 700, days=(fee.due_on - fee.demanded_at.date()).days + apart)
    counter.now = fee.due_at - timedelta(days=2.5)
    sent = remind(counter.database, counter.now)
    for _ in range(4):
        counter.later(hours=12)
        sent += remind(counter.database, counter.now)
    assert sent == 1, more
    assert notices(counter, "fee_reminder") == [("fee_reminder", {"yen": 1700, "pay_by": fee.due_on.isoformat()})]


def test_charges_far_apart_are_each_reminded_of(counter: Till, scripted: ScriptedProvider) -> None:
    case = counter.owing()
    fee = counter.charge(case)
    counter.further(case, 700, days=30)
    counter.now = fee.due_at - timedelta(days=2)
    assert remind(counter.database, counter.now) == 1
    pay_fee_only(counter, scripted, case)
    counter.now = counter.charge(case).due_at - timedelta(days=2)
    assert remind(counter.database, counter.now) == 1
    assert [kind for kind, _ in notices(counter, "fee_reminder", "difference_reminder")] == [
        "fee_reminder",
        "difference_reminder",
    ]


def pay_fee_only(till: Till, scripted: ScriptedProvider, case: str) -> None:
    """As if it had been paid through a page from before the difference."""
    with till.database.write() as session:
        later = select(Charge).where(Charge.application_id == case, Charge.purpose == "difference")
        more = session.scalars(later).one()
        more.status = "lapsed"
    pay(till, scripted, case)
    with till.database.write() as session:
        session.merge(more).status = "demanded"


@pytest.mark.parametrize("kind", ["difference_overdue", "fee_moved_between_accounts", "fee_fell_after_correction"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_is_said_in_words(kind: str, language: str) -> None:
    told = say_discrepancy(kind, language, "7K3M-9QFA/2", "1500", "2500")
    assert "1500" in told
    assert "7K3M-9QFA/2" in told


def bill(parts: dict[str, int]) -> FeeQuote:
    lines = tuple(
        QuotedLine(id=account, title=Text(account, {}), law="条例", account=account, count=1, unit_yen=yen, yen=yen)
        for account, yen in parts.items()
    )
    return FeeQuote(lines, 0, sum(parts.values()))


bills = st.dictionaries(st.sampled_from(["1201-03", "1201-04", "1301-01"]), st.integers(1, 100_000)).map(bill)
priced = bills.filter(lambda one: one.total > 0)


@given(st.lists(priced, max_size=3), priced)
def test_the_differences_add_up(before: list[FeeQuote], after: FeeQuote) -> None:
    charged = [(one.lines, one.total) for one in before]
    found = by_account(after, charged)
    assert sum(found.values()) == after.total - sum(one.total for one in before)
    assert all(found.values())


@given(priced, priced)
def test_a_further_charge_asks_for_just_the_difference(before: FeeQuote, after: FeeQuote) -> None:
    found = by_account(after, [(before.lines, before.total)])
    assume(sum(found.values()) > 0)
    more = rising(after, found)
    parts = shares(more.lines, more.total)
    assert sum(parts.values()) == more.total == after.total - before.total
    assert all(0 < yen <= found[account] for account, yen in parts.items())
    if all(yen > 0 for yen in found.values()):
        assert parts == found, "to the yen on every account"
    assert FeeQuote.from_json(more.to_json()) == more


@given(priced)
def test_nothing_differs_from_itself(price: FeeQuote) -> None:
    assert by_account(price, [(price.lines, price.total)]) == {}


@given(priced)
def test_a_price_that_fell_to_nothing_is_all_too_much(price: FeeQuote) -> None:
    for gone in (None, FeeQuote((), 0, 0)):
        assert by_account(gone, [(price.lines, price.total)]) == {
            account: -yen for account, yen in shares(price.lines, price.total).items()
        }


def test_the_lines_say_what_they_are_in_every_language() -> None:
    more = rising(bill({"1201-03": 700}), {"1201-03": 700})
    assert len({more.lines[0].title.say(language) for language in LANGUAGES}) == len(LANGUAGES)


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


def test_the_row_of_an_overdue_difference_names_its_charge(counter: Till, scripted: ScriptedProvider) -> None:
    _, more = rise(counter, scripted)
    with counter.database.write() as session:
        assert note(session, counter.now, "difference_overdue", more.id, "1500", "-", more.id)
    overdue(counter, scripted, more)
    assert tell_overdue(counter.database, scripted, counter.now) == 0
    with counter.database.read() as session:
        assert session.scalars(select(Discrepancy.charge_id)).all() == [more.id]
