"""A batch as whoever prepared it sees it: what it would do, how far it is, what became of each case."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from engine.model import Procedure
from procedures import library
from procedures.actors import Actor
from procedures.batches.results import DONE
from procedures.errors import NotFound
from procedures.models import Application, Batch, BatchItem, Proposal
from procedures.reading import queues
from procedures.reading.names import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case of a batch. What is not in the reader's offices, or nowhere, has no number and leads nowhere.

    `outcome` and `proposed_by` are of the proposal that was seen, `own` says that it is the reader's.
    """

    position: int
    result: str | None
    facts: Mapping[str, Any]
    application_id: str | None = None
    reference: str | None = None
    procedure: Procedure | None = None
    status: Status | None = None
    language: str | None = None
    claimed_by: str | None = None
    outcome: str | None = None
    proposed_by: str | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A batch with its cases in the order in which they were chosen."""

    id: str
    kind: str
    state: str
    created_at: datetime
    finished_at: datetime | None
    lines: tuple[Line, ...]

    @property
    def finished(self) -> int:
        """How many cases have a result."""
        return sum(line.result is not None for line in self.lines)

    @property
    def done(self) -> int:
        """How many cases it was done to."""
        return sum(line.result == DONE for line in self.lines)

    @property
    def known(self) -> tuple[Line, ...]:
        """The cases that the reader may see."""
        return tuple(line for line in self.lines if line.application_id is not None)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many of the proposals that could be approved would come to what."""
        return Counter(line.outcome for line in self.lines if line.outcome and not line.own)


def view(session: Session, actor: Actor, batch_id: str) -> View:
    """The batch. Raises `NotFound` but for whoever prepared it."""
    batch = session.get(Batch, batch_id)
    if batch is None or batch.actor_id != actor.id:
        raise NotFound(batch_id)
    return View(batch.id, batch.kind, batch.state, batch.created_at, batch.finished_at, _lines(session, actor, batch))


def _lines(session: Session, actor: Actor, batch: Batch) -> tuple[Line, ...]:
    query = (
        select(BatchItem, Application, Proposal)
        .outerjoin(Application, (Application.id == BatchItem.application_id) & queues.of_offices(actor))
        .outerjoin(Proposal, (Proposal.id == BatchItem.seen) & (Proposal.application_id == Application.id))
        .where(BatchItem.batch_id == batch.id)
        .order_by(BatchItem.position)
    )
    rows = session.execute(query).all()
    people = {case.claimed_by for _, case, _ in rows if case} | {one.proposed_by for *_, one in rows if one}
    names = names_of(session, people)
    return tuple(_line(session, actor, names, *row) for row in rows)


def _line(
    session: Session,
    actor: Actor,
    names: Mapping[str, str],
    item: BatchItem,
    case: Application | None,
    proposal: Proposal | None,
) -> Line:
    facts = item.facts or {}
    if case is None:
        return Line(position=item.position, result=item.result, facts=facts)
    return Line(
        position=item.position,
        application_id=case.id,
        reference=case.reference,
        procedure=library.by_digest(session, case.digest),
        status=Status(case.status),
        language=case.language,
        claimed_by=names.get(case.claimed_by or ""),
        outcome=proposal.outcome if proposal else None,
        proposed_by=names.get(proposal.proposed_by) if proposal else None,
        own=proposal is not None and proposal.proposed_by == actor.id,
        result=item.result,
        facts=facts,
    )
