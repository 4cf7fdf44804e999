"""Paid at the counter: once, by the slip, exactly what is owed, and never beside an online payment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from payments.counter.slips import BadSlip, plain
from payments.counter.taking import NothingOwed, SlipUsed, StillOpen, WrongAmount
from payments.providers import ProviderUnavailable
from payments.sweep import sweep
from procedures.actors import Actor, posts
from procedures.errors import NotFound
from tests.payments.counter.conftest import Counter
from tests.payments.scripted import ScriptedProvider


@pytest.mark.parametrize("method", ["cash", "terminal"])
def test_what_is_owed_is_paid_and_the_case_goes_on(at: Counter, method: str) -> None:
    case = at.till.owing()
    at.take(case, method=method)
    charge = at.till.charge(case)
    assert (charge.status, charge.method, at.till.status(case)) == ("paid", method, "received")
    assert at.till.balances() == {f"{method}:hokenjo": 1000, "revenue:1201-03": -1000}
    assert at.till.postings() == ["demand", "receipt"]
    assert at.till.payments() == [("settled", 1000)]
    at.is_sound()


def test_a_fee_after_the_review_too(at: Counter) -> None:
    case = at.till.owing("proof")
    at.take(case, yen=at.till.charge(case).yen)
    assert at.till.status(case) == "approved"
    at.is_sound()


@pytest.mark.parametrize("yen", [0, 1, 999, 1001, 10_000])
def test_the_amount_must_match(at: Counter, yen: int) -> None:
    case = at.till.owing()
    with pytest.raises(WrongAmount) as error:
        at.take(case, yen=yen)
    assert error.value.owed == 1000
    assert at.till.payments() == []
    at.is_sound()


def test_a_slip_counts_once_in_an_office_and_a_day(at: Counter) -> None:
    one, other = at.till.owing(), at.till.owing()
    at.take(one, slip="Ａ－１２")
    with pytest.raises(SlipUsed):
        at.take(other, slip="a-12")
    assert at.till.status(other) == "awaiting_fee"
    at.till.later(days=1)
    at.take(other, slip="A-12")
    at.is_sound()


@pytest.mark.parametrize(
    ("written", "number"),
    [("Ａ−１２", "A-12"), (" a ー 12 ", "A-12"), ("0001", "0001"), ("x–y—z", "X-Y-Z")],
)
def test_a_number_is_read_as_people_write_it(written: str, number: str) -> None:
    assert plain(written) == number


@pytest.mark.parametrize("written", ["", " ", "-", "1--2", "あ1", "1/2", "9" * 31, "<b>"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(BadSlip):
        plain(written)


def test_paid_a_second_time_the_money_goes_back(at: Counter) -> None:
    case = at.till.owing()
    at.take(case)
    with pytest.raises(NothingOwed):
        at.take(case, slip="A-2")
    assert at.till.payments() == [("settled", 1000)]
    at.is_sound()


def provider_of(at: Counter) -> ScriptedProvider:
    assert isinstance(at.till.provider, ScriptedProvider)
    return at.till.provider


def test_an_open_pay_page_is_closed_first(at: Counter) -> None:
    case = at.till.owing()
    checkout = str(at.till.open(case).url).rpartition("/")[2]
    at.take(case)
    assert provider_of(at).checkout(checkout).status == "expired"
    assert at.till.payments() == [("settled", 1000)]
    at.is_sound()


def test_paid_online_meanwhile_the_entry_is_refused(at: Counter) -> None:
    case = at.till.owing()
    provider_of(at).pay(str(at.till.open(case).url).rpartition("/")[2])
    with pytest.raises(NothingOwed):
        at.take(case)
    charge = at.till.charge(case)
    assert (charge.status, charge.method, at.till.status(case)) == ("paid", "card", "received")
    assert at.sheet().entries == ()
    at.till.later(minutes=31)
    sweep(at.till.database, at.till.provider, at.till.now)
    assert at.till.discrepancies() == []
    at.is_sound()


def test_while_the_provider_is_silent_nothing_is_entered(at: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    case = at.till.owing()
    at.till.open(case)

    def silent(_checkout: str) -> None:
        raise ProviderUnavailable

    monkeypatch.setattr(at.till.provider, "close_checkout", silent)
    with pytest.raises(ProviderUnavailable):
        at.take(case)
    assert at.till.payments() == []
    assert at.till.charge(case).status == "demanded"


def test_while_somebody_is_paying_it_is_asked_again(at: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    from payments.providers import ProviderRefused

    case = at.till.owing()
    at.till.open(case)

    def refusing(_checkout: str) -> None:
        raise ProviderRefused

    monkeypatch.setattr(at.till.provider, "close_checkout", refusing)
    with pytest.raises(StillOpen):
        at.take(case)
    assert at.till.payments() == []


def test_after_its_day_it_is_not_taken(at: Counter) -> None:
    case = at.till.owing()
    at.till.later(days=9)
    with pytest.raises(NothingOwed):
        at.take(case)


@pytest.mark.parametrize("who", ["hanako", "taro", "sato", "suzuki", "tanaka", "kimura"])
def test_only_a_cashier_of_the_office(at: Counter, who: str) -> None:
    case = at.till.owing()
    with pytest.raises(NotFound):
        at.take(case, actor=getattr(at.till.desk.people, who))
    with pytest.raises(NotFound):
        at.take(case, actor=replace(at.sato, posts=posts({"cashier"}, {"another"})))
    with pytest.raises(NotFound):
        at.take("none")


def test_two_cashiers_at_once_are_one_payment(at: Counter) -> None:
    case = at.till.owing()

    def enter(actor: Actor) -> str:
        try:
            return at.take(case, slip=f"A-{actor.id}", actor=actor)
        except NothingOwed:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(enter, (at.sato, at.suzuki)))
    assert found.count("refused") == 1
    assert at.till.payments() == [("settled", 1000)]
    at.is_sound()


def test_what_a_closed_day_holds_is_not_changed_by_a_late_entry(at: Counter) -> None:
    case = at.till.owing()
    at.till.now += timedelta(hours=13)  # 23:00 in Tokyo
    at.take(case)
    assert at.cash().taken == 1000
    at.is_sound()


def test_where_the_day_of_payment_selects_the_rate_today_s_is_owed(at: Counter) -> None:
    from tests.payments.charges.test_repricing import RISES, owing

    case = owing(at.till, "paid")
    at.till.now = datetime.combine(RISES, at.till.now.timetz())
    with pytest.raises(WrongAmount) as error:
        at.take(case, yen=1000)
    assert error.value.owed == 1200
    at.take(case, yen=1200)
    assert at.till.status(case) == "received"
    at.is_sound()
