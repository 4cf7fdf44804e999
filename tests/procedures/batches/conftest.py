"""A desk at which many cases wait, and batches of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from payments.cases import approve
from procedures.actors import Actor, posts
from procedures.batches import preparing, reading, running
from procedures.batches.acts import kinds
from procedures.batches.kinds import Kind
from procedures.models import BatchItem, Person, StaffRole
from tests.procedures.conftest import Desk

KINDS = kinds(approve)


@dataclass
class Batches:
    """Prepares, confirms and runs, as the pages and the worker do."""

    desk: Desk

    def prepare(self, actor: Actor, kind: str, cases: Sequence[str], nonce: str = "n") -> str:
        with self.desk.database.write() as session:
            return preparing.prepare(session, actor, self.desk.now, KINDS[kind], cases, nonce)

    def confirm(self, actor: Actor, batch_id: str, **details: Any) -> int | None:
        with self.desk.database.write() as session:
            return preparing.confirm(session, actor, self.desk.now, batch_id, details)

    def run(self, batch_id: str, most: int | None = None, known: Mapping[str, Kind] = KINDS) -> bool:
        return running.run(self.desk.database, lambda: self.desk.now, batch_id, known, most)

    def do(self, actor: Actor, kind: str, cases: Sequence[str], **details: Any) -> dict[str, str]:
        """All of it; what became of each case."""
        batch_id = self.prepare(actor, kind, cases, nonce=str(details))
        self.confirm(actor, batch_id, **details)
        assert self.run(batch_id)
        return self.results(batch_id)

    def results(self, batch_id: str) -> dict[str, str]:
        with self.desk.database.read() as session:
            query = select(BatchItem.application_id, BatchItem.result).where(BatchItem.batch_id == batch_id)
            return {row.application_id: row.result for row in session.execute(query.order_by(BatchItem.position))}

    def view(self, actor: Actor, batch_id: str) -> reading.View:
        with self.desk.database.read() as session:
            return reading.view(session, actor, batch_id)

    def hire(self, name: str, role: str = "clerk", office: str = "*") -> Actor:
        """Somebody new."""
        desk = self.desk
        with desk.database.write() as session:
            session.add(Person(id=name, issuer="i", subject=name, name=name, created_at=desk.now, seen_at=desk.now))
            session.flush()
            session.add(StaffRole(person_id=name, role=role, office=office))
        return Actor("staff", name, name, posts({role}, {office}))


def count(results: Mapping[str, str]) -> Counter[str]:
    """How many came to what."""
    return Counter(results.values())


@pytest.fixture
def batches(desk: Desk) -> Batches:
    return Batches(desk)
