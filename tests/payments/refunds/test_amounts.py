"""However refunds are asked for, decided and end: never more than was paid, and a ledger that says the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payments import refunds
from payments.refunds import How, RefundMoved, RefundRefused
from payments.refunds.sources import Source, split
from procedures.errors import SamePerson
from tests.payments.refunds.conftest import MORI, TANAKA, Desk

ENDS = ("go_back", "fail_refund", "cancel_refund", "ask_for_account")
STEP = st.one_of(
    st.tuples(st.just("request"), st.integers(1, 1200)),
    st.tuples(st.just("outside"), st.integers(1, 1200)),
    st.tuples(st.sampled_from(["approve", "reject", "work", "slip", "sweep", *ENDS]), st.integers(0, 5)),
)


class Play:
    """One payment of 1,000 yen and everything that people and the provider may do to it."""

    def __init__(self, finance: Desk) -> None:
        self.finance, self.payment = finance, finance.paid()
        finance.till.work()  # what an earlier play on the same books left to be sent is not sent amid this one
        self.start = finance.till.balances()
        self.ours: list[str] = []
        self.theirs_before = len(finance.provider.refunds)

    def step(self, what: str, number: int) -> None:
        finance = self.finance
        if what in {"request", "outside"}:
            way = "provider" if what == "request" else "outside"
            self.ours.append(finance.request(self.payment, number, "withdrawn", "", How(way=way)))
        elif what in ENDS:
            theirs = list(finance.provider.refunds)[self.theirs_before :]
            if number < len(theirs) and self.may(theirs[number], what):
                getattr(finance.provider, what)(theirs[number])
                finance.hear("refund.updated", theirs[number], f"{what}-{theirs[number]}-{len(finance.provider.calls)}")
        elif what in {"work", "sweep"}:
            finance.till.work()
        elif number < len(self.ours):
            day = finance.till.now.date()
            act = {"approve": (refunds.approve,), "reject": (refunds.reject, "x"), "slip": ()}[what]
            act = act or (refunds.note_paid_outside, "s", day)
            finance.do(act[0], MORI, self.ours[number], *act[1:])

    def may(self, theirs: str, what: str) -> bool:
        """What a provider does: an end is an end, but what went through may still fail."""
        status = self.finance.provider.refunds[theirs].status
        return status in {"pending", "requires_action"} or (status == "succeeded" and what == "fail_refund")


@pytest.mark.sqlite_only
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEP, min_size=4, max_size=14))
def test_never_more_than_was_paid(finance: Desk, steps: list[tuple[str, int]]) -> None:
    play = Play(finance)
    others = {code: yen - play.start.get(code, 0) for code, yen in finance.till.balances().items()}
    assert not any(others.values())
    for what, number in steps:
        try:
            play.step(what, number)
        except (RefundRefused, RefundMoved, SamePerson):
            continue
    rows = [finance.row(refund) for refund in play.ours]
    live = sum(row.yen for row in rows if row.status not in {"rejected", "failed"})
    assert live <= 1000
    finance.till.is_sound()
    confirmed = sum(row.yen for row in rows if row.status == "confirmed")
    underway = sum(row.yen for row in rows if row.status in {"approved", "sent", "requires_action"})
    now = finance.till.balances()
    assert -now.get("refund_payable", 0) == -play.start.get("refund_payable", 0) + underway
    if not underway:
        assert now.get("refund_payable", 0) == play.start.get("refund_payable", 0)
    before = play.start.get("provider:stripe", 0) + play.start.get("bank", 0)
    assert now.get("provider:stripe", 0) + now.get("bank", 0) == before - confirmed


def made(amounts: list[int], left: list[int]) -> list[Source]:
    rows = enumerate(zip(amounts, left, strict=True))
    return [Source("c", f"{place}", "科目", 2026, yen, rest) for place, (yen, rest) in rows]


LEFT_AND_YEN = st.lists(st.integers(0, 5000), min_size=1, max_size=6).flatmap(
    lambda left: st.tuples(st.just(left), st.integers(1, max(1, sum(left))))
)


@given(LEFT_AND_YEN)
def test_the_split_adds_up_and_takes_no_more_than_is_left(drawn: tuple[list[int], int]) -> None:
    left, yen = drawn
    found = made([5000] * len(left), left)
    if yen > sum(left):
        with pytest.raises(RefundRefused, match="too_much"):
            split(found, yen, None)
        return
    parts = split(found, yen, None)
    assert sum(part for _, part in parts) == yen
    assert all(0 < part <= source.left for source, part in parts)
    exact = {source.key: yen * source.left / sum(left) for source in found}
    assert all(abs(part - exact[source.key]) < 1 for source, part in parts)


@pytest.mark.parametrize(
    ("wanted", "fine"),
    [
        ({"c:0": 300, "c:1": 200}, True),
        ({"c:0": 500}, True),
        ({"c:0": 600, "c:1": -100}, False),
        ({"c:0": 400}, False),
        ({"c:1": 500}, False),
        ({"c:0": 300, "c:1": 200, "c:9": 0}, False),
        ({}, False),
    ],
)
def test_a_person_says_which_part_bears_it(wanted: dict[str, int], fine: bool) -> None:
    found = made([1000, 400], [1000, 400])
    if fine:
        parts = split(found, 500, wanted)
        assert {source.key: part for source, part in parts} == wanted
    else:
        with pytest.raises(RefundRefused, match="parts"):
            split(found, 500, wanted)


def test_parts_are_posted_to_their_own_accounts(finance: Desk) -> None:
    from sqlalchemy import select

    from payments.models import Payment
    from payments.refunds.sources import sources

    payment = finance.paid()
    with finance.till.database.read() as session:
        row = session.scalars(select(Payment).where(Payment.id == payment)).one()
        [source] = sources(session, row)
    before = finance.till.balances()
    refund = finance.request(payment, 400, "our_mistake", "", How(parts={source.key: 400}))
    finance.approve(refund, MORI)
    after = finance.till.balances()
    account = f"revenue:{source.account}"
    assert after[account] - before[account] == 400
    assert finance.row(refund).requested_by == TANAKA.key
