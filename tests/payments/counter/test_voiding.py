"""A mistake is voided on the same day by two people, or else the money is given back as a refund."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from payments.counter.depositing import NotInTheTill, deposit
from payments.counter.slips import BadSlip
from payments.counter.taking import SlipUsed
from payments.counter.voiding import CannotVoid, agree, ask
from payments.models import CounterVoid, Payment, Payout
from payments.receipts import asking
from procedures import cases
from procedures.errors import NotFound, SamePerson
from tests.payments.counter.conftest import OFFICE, Counter


def test_voided_it_is_owed_again_and_can_be_paid_again(at: Counter) -> None:
    case = at.till.owing()
    entry = at.take(case)
    at.do(ask, entry, "別の案件の伝票でした。")
    assert at.till.status(case) == "received"
    at.do(agree, entry, actor=at.suzuki)
    charge = at.till.charge(case)
    assert (charge.status, charge.method, charge.paid_at, at.till.status(case)) == (
        "demanded",
        None,
        None,
        "awaiting_fee",
    )
    assert at.till.balances() == {"receivable:1201-03": 1000, "revenue:1201-03": -1000}
    assert at.till.postings() == ["demand", "receipt", "void"]
    assert at.till.payments() == [("voided", 1000)]
    assert (at.cash().taken, at.cash().voided, at.cash().left) == (1000, 1000, 0)
    at.is_sound()
    at.take(case, slip="A-2")
    assert at.till.status(case) == "received"
    assert at.till.payments() == [("settled", 1000), ("voided", 1000)]
    at.is_sound()


def test_two_people(at: Counter) -> None:
    case = at.till.owing()
    entry = at.take(case)
    with pytest.raises(NotFound):
        at.do(agree, entry, actor=at.suzuki)
    at.do(ask, entry, "誤り")
    with pytest.raises(SamePerson):
        at.do(agree, entry)
    with pytest.raises(CannotVoid) as again:
        at.do(ask, entry, "誤り")
    assert again.value.why == "asked"
    at.do(agree, entry, actor=at.suzuki)
    with pytest.raises(CannotVoid) as done:
        at.do(agree, entry, actor=at.suzuki)
    assert done.value.why == "done"
    row = CounterVoid(
        entry_id=at.take(case, slip="A-2"),
        reason="誤り",
        requested_by="sato",
        requested_at=at.till.now,
        decided_by="sato",
        decided_at=at.till.now,
    )
    with at.till.database.write() as session:
        session.add(row)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


@pytest.mark.parametrize("who", ["hanako", "taro", "sato", "suzuki", "tanaka", "kimura"])
def test_only_cashiers(at: Counter, who: str) -> None:
    entry = at.take(at.till.owing())
    for service, more in ((ask, ("誤り",)), (agree, ())):
        with pytest.raises(NotFound):
            at.do(service, entry, *more, actor=getattr(at.till.desk.people, who))


def test_not_on_another_day(at: Counter) -> None:
    entry = at.take(at.till.owing())
    at.do(ask, entry, "誤り")
    at.till.later(days=1)
    with pytest.raises(CannotVoid) as error:
        at.do(agree, entry, actor=at.suzuki)
    assert error.value.why == "day"


def test_not_once_a_clerk_works_on_it(at: Counter) -> None:
    case = at.till.owing()
    entry = at.take(case)
    at.do(cases.claim, case)
    with pytest.raises(CannotVoid) as error:
        at.do(ask, entry, "誤り")
    assert error.value.why == "moved"


def test_not_once_it_is_approved(at: Counter) -> None:
    case = at.till.owing("proof")
    entry = at.take(case, yen=at.till.charge(case).yen)
    with pytest.raises(CannotVoid) as error:
        at.do(ask, entry, "誤り")
    assert error.value.why == "moved"


def test_not_once_a_receipt_is_out(at: Counter) -> None:
    case = at.till.owing()
    entry = at.take(case)
    at.do(asking.ask, at.till.charge(case).id, None, "山田 花子", "東京都")
    with pytest.raises(CannotVoid) as error:
        at.do(ask, entry, "誤り")
    assert error.value.why == "receipt"


def test_what_was_voided_is_not_given_back_and_not_voided_once_a_refund_is_asked_for(at: Counter) -> None:
    from payments.refunds.requesting import How, request
    from payments.refunds.rules import RefundRefused

    case = at.till.owing()
    voided = at.take(case)
    at.do(ask, voided, "誤り")
    at.do(agree, voided, actor=at.suzuki)
    entry = at.take(case, slip="A-2")
    with at.till.database.read() as session:
        ids = {row.payment_id: row.id for row in session.query(Payment)}
    finance, outside = at.till.desk.people.tanaka, How(way="outside")
    with pytest.raises(RefundRefused):
        at.do(request, ids[voided], 1000, "our_mistake", "誤り", outside, actor=finance)
    at.do(request, ids[entry], 1000, "our_mistake", "誤り", outside, actor=finance)
    with pytest.raises(CannotVoid) as error:
        at.do(ask, entry, "誤り")
    assert error.value.why == "refund"


class TestPayingIn:
    """払込: from the till to the bank's way."""

    def test_it_is_a_payout_that_the_bank_s_line_is_matched_with(self, at: Counter) -> None:
        at.take(at.till.owing())
        at.do(deposit, OFFICE, "cash", 600, "Ｂ１")
        assert at.till.balances() == {"cash:hokenjo": 400, "in_transit:counter": 600, "revenue:1201-03": -1000}
        with at.till.database.read() as session:
            payout = session.query(Payout).one()
            assert (payout.provider, payout.yen, payout.arrives_on) == ("counter", 600, date(2026, 5, 1))
        assert (at.cash().deposited, at.cash().left) == (600, 400)
        at.is_sound()

    def test_the_bank_s_line_settles_it(self, at: Counter) -> None:
        from payments.bank.matching import match
        from payments.models import BankFile, BankLine, BankStatement

        at.take(at.till.owing())
        at.do(deposit, OFFICE, "cash", 1000, "B1")
        day = date(2026, 5, 1)
        with at.till.database.write() as session:
            session.add(BankFile(id="f", name="f", sha256="0", content=b"", account="a", uploaded_by="x",
                                 uploaded_at=at.till.now))  # fmt: skip
            session.flush()
            session.add(BankStatement(id="s", file_id="f", account="a", holder="", first_on=day, last_on=day,
                                      imported_at=at.till.now))  # fmt: skip
            session.flush()
            session.add(BankLine(id="l", statement_id="s", account="a", day=day, number=1, yen=1000, text="現金",
                                 reference="", place=1))  # fmt: skip
        with at.till.database.write() as session:
            assert match(session, at.till.now) == 1
        assert at.till.balances() == {"bank": 1000, "revenue:1201-03": -1000}
        at.is_sound()

    @pytest.mark.parametrize("yen", [0, -1, 1001])
    def test_no_more_than_the_till_holds(self, at: Counter, yen: int) -> None:
        at.take(at.till.owing())
        with pytest.raises(NotInTheTill) as error:
            at.do(deposit, OFFICE, "cash", yen, "B1")
        assert error.value.held == 1000

    def test_a_slip_once(self, at: Counter) -> None:
        at.take(at.till.owing())
        at.do(deposit, OFFICE, "cash", 400, "B-1")
        with pytest.raises(SlipUsed):
            at.do(deposit, OFFICE, "cash", 400, "ｂ－１")
        with pytest.raises(BadSlip):
            at.do(deposit, OFFICE, "cash", 400, "")

    def test_only_by_a_cashier_of_the_office(self, at: Counter) -> None:
        at.take(at.till.owing())
        for actor in (at.till.desk.people.sato, at.till.desk.people.tanaka):
            with pytest.raises(NotFound):
                at.do(deposit, OFFICE, "cash", 400, "B1", actor=actor)

    def test_what_is_left_stands_in_the_till_the_next_day(self, at: Counter) -> None:
        at.take(at.till.owing())
        at.do(deposit, OFFICE, "cash", 400, "B1")
        at.till.later(days=1)
        till = at.cash()
        assert (till.opening, till.taken, till.deposited, till.left) == (600, 0, 0, 600)
        assert till.agrees


def test_the_day_reconciles_without_anything_invented(at: Counter) -> None:
    from payments.reconciliation import compare

    first, second = at.till.owing(), at.till.owing()
    entry = at.take(first)
    at.do(ask, entry, "誤り")
    at.do(agree, entry, actor=at.suzuki)
    at.take(first, slip="A-2", method="terminal")
    at.take(second, slip="A-3")
    at.do(deposit, OFFICE, "cash", 1000, "B1")
    with at.till.database.read() as session:
        assert compare(session, date(2026, 5, 1)).mismatches == ()
    at.is_sound()
