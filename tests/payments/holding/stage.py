"""A case, its payer and its provider on a stage: time passes with each event, and any moment can be returned to."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import TypeVar
from unittest.mock import patch

from sqlalchemy import select

from payments.charges import NothingToPay
from payments.endings import lapse_overdue
from payments.jobs import periodic
from payments.models import ProviderEvent
from payments.providers import ProviderRefused, ProviderUnavailable, RefundOrder, RefundState
from payments.reconciliation import import_transactions
from payments.sweep import sweep
from payments.webhooks import receive
from procedures.errors import TransitionRefused
from procedures.models import base
from tests.payments.holding.rehearsal import Died, Rehearsal, nothing
from tests.payments.holding.snapshot import books
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till
from tests.procedures.conftest import Desk

T = TypeVar("T")
NEVER = datetime.max.replace(tzinfo=UTC)
SPARES = ("inquiry", "won")
GONE = ("failed", "canceled")
STEP = timedelta(minutes=11)
"""Between two events: longer than a job's lease, than the first back-offs, than the sweep leaves somebody alone."""


def ids_of(chance: Random) -> AbstractContextManager[object]:
    """New ids come from here while the block lasts, so that what is played again is the same to the last row."""
    return patch.object(base, "urandom", chance.randbytes)


@dataclass
class StagedProvider(ScriptedProvider):
    """Calls `answered` when it has done what was asked, and before whoever asked hears of it."""

    answered: Callable[[], None] = nothing
    answers: int = 0

    def _refund(self, order: RefundOrder) -> RefundState:
        """As the provider does, it refuses what the payer's bank has taken, and more than is left."""
        mine = [row for row in self.refunds.values() if row.payment_id == order.payment_id]
        taken = next(
            one.taken.yen for one in self.states.values() if one.taken and one.taken.payment_id == order.payment_id
        )
        if order.key not in self.refund_keys:
            if any(row.payment_id == order.payment_id and row.status not in SPARES for row in self.disputed.values()):
                raise ProviderRefused("charge_disputed")
            if order.yen > taken - sum(row.yen for row in mine if row.status not in GONE):
                raise ProviderRefused("charge_already_refunded")
        return super()._refund(order)

    def _call(self, what: str, work: Callable[[], T]) -> T:
        def and_then() -> T:
            answer = work()
            self.answers += 1
            self.answered()
            return answer

        return super()._call(what, and_then)


@dataclass
class Stage:
    """`facts` are what happened that the end depends on; `late` the notices that come when all is over."""

    till: Till
    database: Rehearsal
    provider: StagedProvider
    case: str = ""
    due_at: datetime = NEVER
    facts: frozenset[str] = frozenset()
    late: tuple[str, ...] = ()

    # What people, the provider and the worker do.

    def owes(self) -> None:
        """A case that owes 1,000 yen."""
        self.case = self.till.owing()
        self.due_at = self.till.charge(self.case).due_at

    def opens(self, *, another_way: bool = False) -> None:
        """The applicant presses "pay" (again, after coming back); what they then see is only read."""
        try:
            self.till.open(self.case, another_way=another_way)
        except (NothingToPay, ProviderUnavailable):
            return

    def pays(self, page: str, method: str = "card", *, though_closed: bool = False) -> bool:
        """The payer pays on a page that lets them; `though_closed`: the provider was already taking the money."""
        state = self.provider.states.get(page)
        if state is None or state.taken is not None:
            return False
        state = self.provider._state(page)
        if though_closed or state.status == "open" or state.waiting_until is not None:
            self.provider.pay(page, method)
            return True
        return False

    def takes_number(self, page: str) -> None:
        """The payer takes a konbini number there, good for six days."""
        self.provider.issue_number(page, self.till.now + timedelta(days=6))

    def notice(self, kind: str, page: str) -> None:
        """A webhook arrives, the same one each time, and the worker does what waits."""
        state = self.provider.states.get(page)
        if state and state.taken and f"evt_{kind}_{page}" not in self.events():
            self.facts |= {f"told of {page}"}
        with self.database.write() as session:
            receive(session, self.provider, self.till.now, f"evt_{kind}_{page} {kind} {page}".encode(), "good")
        self.till.work()

    def withdraws(self) -> None:
        """The applicant takes the case back, if it is still theirs to take; the worker does what follows."""
        before = self.facts
        self.facts -= {"withdrawn when demanded", "withdrawn when paid"}
        self.facts |= {f"withdrawn when {self.till.charge(self.case).status}"}
        try:
            self.till.withdraw(self.case)
        except TransitionRefused:
            self.facts = before
        self.till.work()

    def sweeps(self) -> None:
        """The sweep, and the worker."""
        self._patiently(lambda: sweep(self.database, self.provider, self.till.now))
        self.till.work()

    def last_day(self) -> None:
        """The day of payment and the hour of grace are over; what is overdue lapses."""
        self.to(max(self.till.now, self.due_at + timedelta(hours=2)))
        self._patiently(lambda: lapse_overdue(self.database, self.provider, self.till.now))
        self.till.work()

    def tends(self, name: str) -> None:
        """A task that runs again and again."""
        task = next(one for one in periodic(self.provider) if one.name == name)
        self._patiently(lambda: task.run(self.database, self.till.now))

    def imports(self) -> None:
        """The provider's list of what it moved is fetched and compared."""
        self._patiently(lambda: import_transactions(self.database, self.provider, self.till.now))

    @staticmethod
    def _patiently(work: Callable[[], object]) -> None:
        try:
            work()
        except ProviderUnavailable:
            return

    def keeps_for_later(self, name: str) -> None:
        """Its notice comes when all is over."""
        self.late += (name,)

    def calms_down(self, arrive: Callable[["Stage", str], None]) -> None:
        """The sweep runs, what is late comes, the last day passes, and the provider's list is fetched."""
        self.passes()
        self.sweeps()
        for name in self.late:
            self.passes()
            arrive(self, name)
        self.last_day()
        self.passes()
        self.sweeps()
        for name in ("refund.sweep",) * bool(self.provider.refunds) + ("dispute.sweep",) * bool(self.provider.disputed):
            self.tends(name)
        self.till.work()
        self.imports()

    def events(self) -> list[str]:
        """The webhooks that were received, by the provider's name for them."""
        with self.database.read() as session:
            return list(session.scalars(select(ProviderEvent.event_id)))

    # Time, and going back in it.

    def passes(self) -> None:
        """A while passes."""
        self.to(self.till.now + STEP)

    def waits(self, hours: int) -> None:
        """Hours pass."""
        self.to(self.till.now + timedelta(hours=hours))

    def to(self, moment: datetime) -> None:
        """It is this moment, for us and for the provider."""
        self.till.now = self.provider.now = moment

    @contextmanager
    def going_back(self) -> Iterator[None]:
        """What happens inside has not happened afterwards."""
        now, facts, late = self.till.now, self.facts, self.late
        kept = {name: copy(value) for name, value in vars(self.provider).items() if name != "calls"}
        with self.database.going_back():
            yield
        vars(self.provider).update(kept)
        self.provider.calls.clear()
        self.facts, self.late = facts, late
        self.to(now)

    def moment(self) -> object:
        """All that what comes can depend on; times count only as before or after the last day."""
        states = tuple(
            (page, state.status, state.taken is not None, state.waiting_until is not None)
            for page, state in self.provider.states.items()
        )
        over = self.till.now > self.due_at
        given = tuple((row.id, row.status) for row in self.provider.refunds.values())
        disputed = tuple((row.id, row.status) for row in self.provider.disputed.values())
        keys = (*self.provider.by_key, *self.provider.refund_keys)
        return (
            *books(self.database.connection),
            states,
            given,
            disputed,
            keys,
            len(self.provider.moved),
            self.facts,
            self.late,
            over,
        )

    # Misfortunes.

    @contextmanager
    def counting(self) -> Iterator[list[int]]:
        """How many commits were made, and how often the provider answered."""
        commits, calls = self.database.commits, self.provider.answers
        counted = [0, 0]
        yield counted
        counted[:] = self.database.commits - commits, self.provider.answers - calls

    @contextmanager
    def at_commit(self, number: int, *, after: bool = False) -> Iterator[None]:
        """The process dies at its commit of this number, before it is made or after."""
        self.database.moments[after] = _at(number, _die)
        try:
            yield
        except Died:
            return
        finally:
            self.database.moments[after] = nothing

    @contextmanager
    def at_answer(self, number: int, then: Callable[[], object]) -> Iterator[None]:
        """When the provider has answered this call, and before it is known here, something else happens."""
        self.provider.answered = _at(number, then)
        try:
            yield
        finally:
            self.provider.answered = nothing


def _die() -> None:
    raise Died


def _at(number: int, then: Callable[[], object]) -> Callable[[], None]:
    """The call of this number does it; what it does itself does not count."""
    calls = count(1)

    def called() -> None:
        if next(calls) == number:
            then()

    return called


def staged(database: Rehearsal, desk: Desk, now: datetime) -> Stage:
    """A till on this database at a provider of its own."""
    provider = StagedProvider(now)
    return Stage(Till(database, desk, provider, now), database, provider)
