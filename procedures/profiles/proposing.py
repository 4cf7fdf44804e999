"""What a submission says that could be kept for next time: new, or different from what is known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.journey import walk
from engine.model import Field
from engine.reuse import by_concept
from procedures.actors import Actor
from procedures.applications import view_own
from procedures.days import tokyo_day
from procedures.profiles import keeping
from procedures.profiles.claims import verified
from procedures.profiles.keeping import Typed, has_profile
from procedures.profiles.known import Known


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that is not known yet. `before` is what is known instead; None for nothing."""

    concept: str
    field: Field
    answer: Any
    before: Known | None

    @property
    def against_verified(self) -> bool:
        """Whether an issuer vouches for something else."""
        return self.before is not None and self.before.source.kind == "verified"


def proposals(session: Session, actor: Actor, application_id: str) -> list[Proposal]:
    """What the newest submission of one's case would add, in the order of its questions. Raises `NotFound`.

    Nothing for a visitor, and nothing once the person has said that nothing is to be kept.
    """
    if not has_profile(actor) or keeping.consent(session, actor) is False:
        return []
    case = view_own(session, actor, application_id)
    if not case.answers or case.submitted_at is None:
        return []
    said = by_concept(walk(case.procedure, case.answers, tokyo_day(case.submitted_at)))
    known = {**keeping.kept(session, actor), **verified(session, actor.id)}
    return [
        Proposal(concept, leaf.field, answer, known.get(concept))
        for concept, (leaf, answer) in said.items()
        if concept not in known or known[concept].answer != answer
    ]


def accept(session: Session, actor: Actor, now: datetime, application_id: str, concepts: Collection[str]) -> list[str]:
    """Keep those of the proposals; with it the person consents. Returns the concepts. Raises `NotFound`."""
    chosen = [one for one in proposals(session, actor, application_id) if one.concept in concepts]
    if not chosen:
        return []
    digest = view_own(session, actor, application_id).procedure.digest
    if keeping.consent(session, actor) is None:
        keeping.decide(session, actor, now, consents=True)
    keeping.keep(session, actor, now, {one.concept: Typed(one.answer, application_id, digest) for one in chosen})
    return sorted(one.concept for one in chosen)
