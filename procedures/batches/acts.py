"""What each kind of batch does to one case."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from procedures import cases, library
from procedures.actors import Actor
from procedures.assigning import handing
from procedures.batches.kinds import Item, Kind
from procedures.correspondence import writing
from procedures.decisions import OUTCOMES
from procedures.errors import NotFound
from procedures.models import Application, Proposal
from procedures.reading import queues
from procedures.storing.chunks import in_chunks

Approve = Callable[[Session, Actor, datetime, str, str], object]


class NothingProposed(Exception):
    """No proposal waited for this case when the batch was prepared."""


class NoSuchWords(Exception):
    """The case's procedure does not have the ready message that was chosen."""


def kinds(approve: Approve) -> dict[str, Kind]:
    """Every kind by its id; `approve` is the service that also sees to the fee, which a layer above knows."""

    def decide(session: Session, actor: Actor, now: datetime, item: Item) -> None:
        if item.seen is None:
            _seen_by(session, actor, item.application_id)
            raise NothingProposed
        approve(session, actor, now, item.application_id, item.seen)

    found = (
        Kind("claim", "case.claim", _claim, at_once=True),
        Kind("take_over", "case.take_over", _take_over, _holders),
        Kind("assign", "case.assign", _assign),
        Kind("message", "message.write", _write),
        Kind("approve", "case.decide", decide, _proposals, grave=True),
    )
    return {kind.id: kind for kind in found}


def _claim(session: Session, actor: Actor, now: datetime, item: Item) -> None:
    cases.claim(session, actor, now, item.application_id)


def _take_over(session: Session, actor: Actor, now: datetime, item: Item) -> None:
    handing.take_over(session, actor, now, item.application_id, item.details["reason"], item.seen)


def _assign(session: Session, actor: Actor, now: datetime, item: Item) -> None:
    handing.assign(session, actor, now, item.application_id, item.details["person"], item.details["reason"])


def _write(session: Session, actor: Actor, now: datetime, item: Item) -> None:
    """The ready words in the applicant's language, with the clerk's own below them."""
    own, ready = item.details["text"], item.details["ready"]
    words = [_ready(session, actor, item.application_id, ready)] if ready else []
    text = "\n\n".join(part for part in (*words, own) if part)
    writing.from_office(session, actor, now, item.application_id, text, item.batch_id)


def _ready(session: Session, actor: Actor, application_id: str, ready: str) -> str:
    case = _seen_by(session, actor, application_id)
    review = library.by_digest(session, case.digest).review
    for message in review.messages if review else ():
        if message.id == ready:
            return message.text.say(case.language).strip()
    raise NoSuchWords


def _seen_by(session: Session, actor: Actor, application_id: str) -> Row[tuple[str, str]]:
    """The version and the language of a case of the actor's offices. Raises `NotFound`."""
    mine = Application.id == application_id, queues.of_offices(actor)
    case = session.execute(select(Application.digest, Application.language).where(*mine)).one_or_none()
    if case is None:
        raise NotFound(application_id)
    return case


def _proposals(session: Session, actor: Actor, application_ids: Collection[str]) -> Mapping[str, str]:
    """The proposal that waits, by case of the actor's offices."""
    found: dict[str, str] = {}
    for some in in_chunks(application_ids):
        query = (
            select(Proposal.application_id, Proposal.id)
            .join(Application, Application.id == Proposal.application_id)
            .where(Proposal.application_id.in_(some), Proposal.state == "open", Proposal.outcome.in_(OUTCOMES))
            .where(queues.of_offices(actor))
        )
        found |= {row.application_id: row.id for row in session.execute(query)}
    return found


def _holders(session: Session, actor: Actor, application_ids: Collection[str]) -> Mapping[str, str]:
    """Who has the case, by case of the actor's offices that somebody has."""
    found: dict[str, str] = {}
    for some in in_chunks(application_ids):
        query = select(Application.id, Application.claimed_by).where(
            Application.id.in_(some), Application.claimed_by.is_not(None), queues.of_offices(actor)
        )
        found |= {row.id: row.claimed_by for row in session.execute(query)}
    return found
