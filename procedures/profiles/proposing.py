"""What a submission says that could be kept for next time: new, or different from what is known."""

from collections.abc import Collection, Mapping
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
    kept, confirmed = keeping.kept(session, actor), verified(session, actor.id)
    found = []
    for concept, (leaf, answer) in said.items():
        mine, vouched = kept.get(concept), confirmed.get(concept)
        if any(one is not None and _contains(one.answer, answer) for one in (mine, vouched)):
            continue
        against = vouched is not None and not _agrees(answer, vouched.answer)
        found.append(Proposal(concept, leaf.field, answer, vouched if against else mine))
    return found


def _contains(known: Any, answer: Any) -> bool:
    """Whether nothing of the answer is new; a question may ask for less, such as a name without its reading."""
    if isinstance(known, Mapping) and isinstance(answer, Mapping):
        return all(known.get(part) == text for part, text in answer.items())
    return bool(known == answer)


def _agrees(answer: Any, vouched: Any) -> bool:
    """Whether all that is vouched for is so; that may be less, such as a name without its reading."""
    if isinstance(answer, Mapping) and isinstance(vouched, Mapping):
        return all(answer.get(part) == text for part, text in vouched.items() if text)
    return bool(answer == vouched)


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
