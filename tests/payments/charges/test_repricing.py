"""The price is found again when it is paid: by the date that the procedure states, told before a pay page opens."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from engine.fees import NoRate
from payments import cases
from payments.charges import NothingToPay, PriceChanged, open_shared_checkout
from payments.days import end_of
from payments.demands.reading import payable
from payments.links.opening import open_link
from payments.links.sharing import share
from payments.links.tokens import Tokens
from payments.models import Charge
from payments.repricing import has_changed
from procedures import drafts, library
from procedures.models import Person
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

PERMIT = (Path(__file__).parents[2] / "procedures/specs/permit.yaml").read_text()
LATER, RISES = date(2026, 5, 20), date(2026, 5, 5)
RATES = {
    "paid": "yen: [{from: 2000-04-01, amount: 500}, {from: 2026-05-05, amount: 600}]\n      rate_on: paid",
    "submitted": "yen: [{from: 2000-04-01, amount: 500}, {from: 2026-05-05, amount: 600}]",
}


def owing(till: Till, rates: str, *, until: date | None = LATER) -> str:
    """A case of two copies that owes by these rates; somebody gave it more time than the rate holds."""
    source = PERMIT.replace("yen: [{from: 2000-04-01, amount: 500}]", RATES[rates])
    hanako = till.desk.people.hanako
    with till.database.write() as session:
        session.execute(update(Person).values(assurance="high"))
        source = source.replace("id: permit\n", f"id: permit-{rates}\n", 1)
        procedure = library.publish(
            session, till.desk.people.kimura, till.now, source, f"permit-{rates}.yaml", ""
        ).procedure
        case = drafts.start(session, hanako, till.now, procedure)
        drafts.save(session, hanako, till.now, case, {"name": "髙橋", "copies": 2}, 1)
        cases.submit(session, hanako, till.now, case, 2, "seen")
        if until:
            mine = update(Charge).where(Charge.application_id == case)
            session.execute(mine.values(due_on=until, due_at=end_of(until)))
    return case


def on(till: Till, scripted: ScriptedProvider, day: date) -> None:
    till.now = scripted.now = datetime.combine(day, till.now.timetz())


def test_the_last_day_is_one_on_which_the_rate_holds(counter: Till) -> None:
    """Nobody can come too late by the rule: the demand itself ends with its rate."""
    assert counter.charge(owing(counter, "paid", until=None)).due_on == RISES - timedelta(days=1)
    assert counter.charge(owing(counter, "submitted", until=None)).due_on == date(2026, 5, 8)


@pytest.mark.parametrize(("rates", "day"), [("paid", RISES - timedelta(days=1)), ("submitted", RISES)])
def test_the_frozen_price_stands(counter: Till, scripted: ScriptedProvider, rates: str, day: date) -> None:
    """While the rate holds; and for ever where the day of the submission selects it."""
    case = owing(counter, rates)
    on(counter, scripted, day)
    assert scripted.states[counter.page(case)].yen == 1000
    assert [charge.status for charge in counter.charges(case)] == ["demanded"]


def test_another_rate_is_demanded_anew_and_told_before_the_page_opens(
    counter: Till, scripted: ScriptedProvider
) -> None:
    case = owing(counter, "paid")
    old = counter.page(case)
    on(counter, scripted, RISES)
    with pytest.raises(PriceChanged):
        counter.open(case)
    assert [(one.status, one.yen) for one in counter.charges(case)] == [("cancelled", 1000), ("demanded", 1200)]
    assert counter.charge(case).due_on == RISES + timedelta(days=7), "by the spec's own rule"
    assert len(scripted.by_key) == 1, "no page was opened for a price that nobody has seen"
    assert counter.work() == ["payment.close"]
    assert scripted.states[old].status == "expired"
    page = counter.page(case)
    assert scripted.states[page].yen == 1200
    scripted.pay(page)
    counter.tell(page)
    assert counter.status(case) == "received"
    counter.is_sound()


def test_paid_at_the_old_rate_while_it_was_demanded_anew_waits_for_a_person(
    counter: Till, scripted: ScriptedProvider
) -> None:
    case = owing(counter, "paid")
    old = counter.page(case)
    scripted.pay(old)
    on(counter, scripted, RISES)
    with pytest.raises(PriceChanged):
        counter.open(case)
    counter.work()
    assert counter.discrepancies() == ["paid_after_withdrawal"]
    assert counter.charge(case).status == "demanded"
    counter.is_sound()


def test_who_holds_a_link_is_told_too(counter: Till, scripted: ScriptedProvider) -> None:
    case, tokens = owing(counter, "paid"), Tokens("s" * 32)
    with counter.database.write() as session:
        token = share(session, counter.desk.people.hanako, counter.now, case, tokens)
    on(counter, scripted, RISES)
    where = {"language": "ja", "success_url": "http://x/ok", "cancel_url": "http://x/no"}
    with counter.database.read() as session:
        shared = open_link(session, counter.now, token)
    with pytest.raises(PriceChanged):
        open_shared_checkout(counter.database, scripted, counter.now, shared, **where)
    with counter.database.read() as session:
        anew = open_link(session, counter.now, token)
    assert (shared.yen, anew.yen) == (1000, 1200), "the link leads to what is owed now"
    opened = open_shared_checkout(counter.database, scripted, counter.now, anew, **where)
    assert scripted.states[str(opened.url).rpartition("/")[2]].yen == 1200


def test_where_no_rate_is_in_force_nothing_is_guessed(
    counter: Till, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A published version has a rate for every day that it is open; should it not, nobody pays a guess."""
    case = owing(counter, "paid")
    on(counter, scripted, RISES)

    def no_rate(*_: object) -> None:
        raise NoRate("permit", RISES)

    monkeypatch.setattr("payments.repricing.fees.quote", no_rate)
    with pytest.raises(NoRate):
        counter.open(case)
    assert [charge.status for charge in counter.charges(case)] == ["demanded"]
    assert scripted.calls == []


def test_nothing_is_demanded_anew_after_its_day(counter: Till, scripted: ScriptedProvider) -> None:
    case = owing(counter, "paid")
    on(counter, scripted, LATER + timedelta(days=1))
    with pytest.raises(NothingToPay):
        counter.open(case)
    with counter.database.read() as session:
        assert not has_changed(session, case, counter.now)
        assert payable(session, case, counter.now) == []
        assert session.scalars(select(Charge.status)).all() == ["demanded"]
