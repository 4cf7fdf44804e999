"""A counter of the health office: two cashiers, and a provider that does what the test says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from payments.counter.sheets import CounterSheet, Till, sheet
from payments.counter.taking import Slip, take
from procedures import doctor
from procedures.actors import Actor, posts
from tests.payments.till import Till as Money

OFFICE = "hokenjo"


class Counter:
    """What cashiers do; each step as the web does it."""

    def __init__(self, till: Money) -> None:
        self.till = till
        people = till.desk.people
        self.sato: Actor = replace(people.sato, posts=posts({"clerk", "cashier"}, {"*"}))
        self.suzuki: Actor = replace(people.suzuki, posts=posts({"cashier"}, {"*"}))

    def take(
        self, case: str, yen: int = 1000, slip: str = "A-1", method: str = "cash", actor: Actor | None = None
    ) -> str:
        cashier = actor or self.sato
        return take(self.till.database, self.till.provider, cashier, self.till.now, case, Slip(method, yen, slip))

    def do(self, service: Callable[..., Any], *arguments: Any, actor: Actor | None = None) -> Any:
        with self.till.database.write() as session:
            return service(session, actor or self.sato, self.till.now, *arguments)

    def sheet(self, office: str = OFFICE) -> CounterSheet:
        from procedures.days import tokyo_day

        with self.till.database.read() as session:
            return sheet(session, office, tokyo_day(self.till.now))

    def cash(self) -> Till:
        return self.sheet().tills[0]

    def is_sound(self) -> None:
        self.till.is_sound()
        with self.till.database.read() as session:
            assert doctor.run(session) == []
        assert all(one.agrees for one in self.sheet().tills)


@pytest.fixture
def at(counter: Money) -> Counter:
    """The counter."""
    return Counter(counter)
