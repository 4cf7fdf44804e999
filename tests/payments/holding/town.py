"""What can happen to money in a town of a few cases: people, their banks, clerks, finance, the provider, the worker.

Everything is told by small numbers that name one of what is there, so that the same acts can be played on another
database. Nothing is done that a person or the provider could not do; what the code refuses is no mistake.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import func, select

from payments import cases as paying
from payments import refunds
from payments.charges import NothingToPay
from payments.jobs import periodic
from payments.models import Payment, Refund
from payments.providers import ProviderRefused, ProviderUnavailable
from payments.refunds import RefundMoved, RefundRefused
from procedures import cases as clerks
from procedures import decisions, errors
from procedures.actors import Actor, posts
from procedures.corrections import requesting
from procedures.corrections.kept import Mark
from procedures.days import tokyo_day
from tests.payments.holding.banks import ENDED, WAITING_REFUND, Banks, pick
from tests.payments.holding.stage import ids_of
from tests.payments.test_paid_and_over import answer

REFUSALS = (
    *(kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)),
    *(NothingToPay, ProviderRefused, ProviderUnavailable, RefundMoved, RefundRefused),
)
TANAKA = Actor("staff", "tanaka", "田中 会計", posts({"finance"}, {"*"}))
MORI = Actor("staff", "suzuki", "森 会計", posts({"finance"}, {"*"}))
KINDS = (("permit", 2), ("permit", 1), ("proof", 3))
MOST_CASES = 4
EXAMINED = ("received", "in_review")
UNPAID = ("awaiting_fee", "awaiting_issue_fee")


@dataclass(frozen=True)
class Misfortune:
    """What befalls an act: the process `dies` at a commit (`after` it), or an answer of the provider is lost.

    `unheard`: the provider never got the call; `unanswered`: it did what it was asked.
    """

    kind: str
    number: int
    after: bool = False


@dataclass(frozen=True)
class Act:
    """One thing that happens: its name, which of what is there, and what befalls it."""

    name: str
    which: int = 0
    misfortune: Misfortune | None = None


@dataclass
class Town(Banks):
    """A stage with several cases."""

    cases: list[str] = field(default_factory=list)
    chance: Random = field(default_factory=lambda: Random(1))

    def play(self, act: Act) -> bool:
        """Let it happen, a while after the last; False where it was refused or cut off."""
        self.stage.passes()
        done = False
        with ids_of(self.chance), self._befallen(act.misfortune):
            try:
                getattr(self, act.name)(act.which)
                done = True
            except REFUSALS:
                pass
        return done

    @contextmanager
    def _befallen(self, misfortune: Misfortune | None) -> Iterator[None]:
        if misfortune is None:
            yield
        elif misfortune.kind == "dies":
            with self.stage.at_commit(misfortune.number, after=misfortune.after):
                yield
        else:
            failure = {"unheard": "lost", "unanswered": "late"}[misfortune.kind]
            self.stage.provider.fail_next = [""] * (misfortune.number - 1) + [failure]
            yield
            self.stage.provider.fail_next = []

    def possible(self) -> list[str]:
        """Acts that are not idle now, the likelier ones more than once."""
        provider = self.stage.provider
        pages = [provider._state(page) for page in provider.states]
        states = {self.stage.till.status(case) for case in self.cases}
        with self.stage.database.read() as session:
            asked = set(session.scalars(select(Refund.status)))
            paid = session.scalar(select(func.count()).select_from(Payment)) or 0
        refunds_there = {row.status for row in provider.refunds.values()}
        return [
            *("works", "works", "works", "tends", "tends", "waits"),
            *["owes"] * (len(self.cases) < MOST_CASES),
            *["presses", "presses", "presses", "presses_another_way"] * bool(states & {*UNPAID}),
            *["presses", "withdraws"] * bool(states & {*UNPAID, *EXAMINED}),
            *["pays"] * 4 * any(page.status == "open" or page.waiting_until for page in pages),
            *["takes_number"] * any(page.status == "open" for page in pages),
            *["pays_though_closed"] * any(page.status == "expired" and not page.taken for page in pages),
            *["corrects", "corrects", "corrects", "decides"] * bool(states & {*EXAMINED}),
            *["asks_refund", "asks_refund"] * bool(paid),
            *["approves_refund", "approves_refund", "approves_refund", "rejects_refund"] * ("requested" in asked),
            *["refund_goes", "refund_asks", "refund_fails"] * bool(refunds_there & {*WAITING_REFUND}),
            *["refund_cancelled"] * ("requires_action" in refunds_there),
            *["refund_fails"] * ("succeeded" in refunds_there),
            *["disputes"] * any(page.taken for page in pages),
            *["dispute_goes_on"] * any(row.status not in ENDED for row in provider.disputed.values()),
            *["hears", "hears", "hears", "loses"] * bool(self.notices),
            *["hears_again"] * bool(self.heard),
        ]

    # The applicants.

    def owes(self, which: int) -> None:
        """A new case; there are few, so that much happens to each."""
        name, copies = KINDS[which % len(KINDS)]
        if len(self.cases) < MOST_CASES:
            self.stage.till.desk.now = self.stage.till.now
            self.cases.append(self.stage.till.owing(name, copies=copies))

    def presses(self, which: int) -> None:
        """Pay."""
        self.stage.till.open(self._case(which))

    def presses_another_way(self, which: int) -> None:
        """Pay differently."""
        self.stage.till.open(self._case(which), another_way=True)

    def withdraws(self, which: int) -> None:
        """Take it back."""
        self.stage.till.withdraw(self._case(which))

    def pays(self, which: int) -> None:
        """At a pay page that lets them, or at the till with a number."""
        page = self._page(which)
        number = self.stage.provider.states[page].waiting_until is not None
        if self.stage.pays(page, "konbini" if number else ("card", "paypay")[which % 2]):
            self._tell("checkout.session.completed", page)

    def pays_though_closed(self, which: int) -> None:
        """The provider was already taking the money when the page was closed."""
        page = self._page(which)
        if self.stage.pays(page, though_closed=True):
            self._tell("checkout.session.completed", page)

    def takes_number(self, which: int) -> None:
        """A konbini number for six days."""
        page = self._page(which)
        if self.stage.provider._state(page).status == "open":
            self.stage.takes_number(page)
            self._tell("checkout.session.completed", page)

    # The office.

    def corrects(self, which: int) -> None:
        """A clerk asks for a correction, the applicant sends it with other copies: another price."""
        case, till = self._claimed(which), self.stage.till
        marks, day = [Mark(("copies",), "枚数が違います。")], tokyo_day(till.now) + timedelta(days=10)
        self._does(requesting.request, till.desk.people.sato, case, marks, "", day)
        answer(till, case, which % 10)

    def decides(self, which: int) -> None:
        """One proposes, another approves."""
        case, people = self._claimed(which), self.stage.till.desk.people
        outcome, codes = (("approve", ()), ("refuse", ("R1",)))[which % 2]
        proposal = self._does(decisions.propose, people.sato, case, outcome, codes, "理由の説明")
        self._does(paying.approve, people.suzuki, case, proposal)

    def _claimed(self, which: int) -> str:
        case = pick([case for case in self.cases if self.stage.till.status(case) in EXAMINED], which // 2)
        with suppress(*REFUSALS):
            self._does(clerks.claim, self.stage.till.desk.people.sato, case)
        return str(case)

    def _does(self, service: Callable[..., Any], actor: Actor, *arguments: Any) -> Any:
        with self.stage.database.write() as session:
            return service(session, actor, self.stage.till.now, *arguments)

    def asks_refund(self, which: int) -> None:
        """Finance: all of a payment that is left, or some of it."""
        yen = (1000, 500, 1500, 200)[which // 10 % 4]
        self._does(refunds.request, TANAKA, self._payment(which), yen, "other", "説明")

    def approves_refund(self, which: int) -> None:
        """Finance, somebody else."""
        self._does(refunds.approve, MORI, self._refund(which))

    def rejects_refund(self, which: int) -> None:
        """Finance, somebody else."""
        self._does(refunds.reject, MORI, self._refund(which), "説明")

    # What runs again and again.

    def works(self, _which: int) -> None:
        """The worker does what is due."""
        self.stage.till.work()

    def tends(self, which: int) -> None:
        """One of the tasks that run again and again."""
        pick(periodic(self.stage.provider), which).run(self.stage.database, self.stage.till.now)

    def waits(self, which: int) -> None:
        """Hours or days go by."""
        self.stage.waits(hours=(1, 3, 26, 26 * 3, 24 * 9)[which % 5])

    def calms_down(self) -> None:
        """Every webhook that is not lost arrives, and everything runs until nothing changes any more, and once more."""
        for notice in self.notices:
            self._receive(notice)
        self.notices.clear()
        for hours in (1, 7, 24):
            self.stage.waits(hours=hours)
            self.stage.till.work()
            for task in periodic(self.stage.provider):
                task.run(self.stage.database, self.stage.till.now)
            self.stage.till.work()

    # Who is meant.

    def _case(self, which: int) -> str:
        return pick(self.cases, which)

    def _page(self, which: int) -> str:
        return pick(list(self.stage.provider.states), which)

    def _payment(self, which: int) -> str:
        with self.stage.database.read() as session:
            return pick(session.scalars(select(Payment.id).order_by(Payment.payment_id)).all(), which)

    def _refund(self, which: int) -> str:
        with self.stage.database.read() as session:
            return pick(session.scalars(select(Refund.id).order_by(Refund.requested_at)).all(), which)
