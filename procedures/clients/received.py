"""What clients have submitted: each once, whatever the line does; and what they may know of it afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor, Business
from procedures.clients.client import Client
from procedures.corrections import kept
from procedures.errors import NotFound
from procedures.models import ApiClient, Application, ReceivedSubmission


class KeyReused(Exception):
    """The Idempotency-Key was used for another submission."""


@dataclass(frozen=True, slots=True)
class Once:
    """By what a submission is recognised: the client's key, and the hash of what was sent with it."""

    key_hash: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Through:
    """By which system a case came, for the clerk."""

    client: str
    their_reference: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, for the client that submitted it; nothing of what is in it."""

    application_id: str
    reference: str
    their_reference: str | None
    procedure_id: str
    status: str
    changed_at: datetime
    submitted_at: datetime
    due_on: date | None
    answer: Mapping[str, Any]


def once(client: Client, procedure_id: str, key: str, body: bytes) -> Once:
    """Keys of different clients have nothing to do with each other; the procedure belongs to what was sent."""
    return Once(_hash(f"{client.id}\n{key}".encode()), _hash(f"{procedure_id}\n".encode() + body))


def before(session: Session, known: Once) -> Mapping[str, Any] | None:
    """What the same submission was answered before. Raises `KeyReused`."""
    query = select(ReceivedSubmission).where(ReceivedSubmission.key_hash == known.key_hash)
    row = session.scalars(query).one_or_none()
    if row is None:
        return None
    if row.body_hash != known.body_hash:
        raise KeyReused
    return row.answer


def keep(
    session: Session,
    now: datetime,
    client: Client,
    application_id: str,
    known: Once,
    answer: Mapping[str, Any],
    their_reference: str | None,
) -> None:
    """Write down that this client submitted the case, and what it was answered. IntegrityError: another was faster."""
    row = ReceivedSubmission(
        application_id=application_id,
        client_id=client.id,
        key_hash=known.key_hash,
        body_hash=known.body_hash,
        answer=dict(answer),
        their_reference=their_reference,
        at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, client.actor, now, "client.submit", application_id)


def standing(session: Session, client: Client, application_id: str) -> Standing:
    """A case that this client submitted. Raises `NotFound` for all others."""
    row = _own(session, client, application_id)
    case = row.Application
    return Standing(
        case.id,
        case.reference,
        row.ReceivedSubmission.their_reference,
        case.procedure_id,
        case.status,
        case.status_changed_at,
        case.submitted_at,
        case.due_on,
        row.ReceivedSubmission.answer,
    )


def correction(session: Session, found: Standing) -> Mapping[str, Any] | None:
    """What the office asks to be changed, and by when; None where nothing is."""
    row = kept.open_of(session, found.application_id)
    if row is None:
        return None
    places = [{"path": list(mark.place), "why": mark.why} for mark in kept.marks_of(session, row.id)]
    return {"due_on": row.due_on.isoformat(), "words": row.words, "places": places}


def applicant_of(session: Session, client: Client, application_id: str) -> Actor:
    """For whom the client submitted the case, to act for them again. Raises `NotFound` for another's case."""
    case = _own(session, client, application_id).Application
    kind, _, whose = case.owner.partition(":")
    if kind == "business":
        return Actor("client", client.id, client.name, language=case.language, business=Business(whose))
    return Actor("visitor" if kind == "visitor" else "resident", whose, language=case.language)


def through(session: Session, application_id: str) -> Through | None:
    """By which system a case came; None for one that was filed on our own pages."""
    query = (
        select(ApiClient.name, ReceivedSubmission.their_reference, ReceivedSubmission.at)
        .join(ApiClient, ApiClient.id == ReceivedSubmission.client_id)
        .where(ReceivedSubmission.application_id == application_id)
    )
    row = session.execute(query).one_or_none()
    return Through(*row) if row is not None else None


def _own(session: Session, client: Client, application_id: str) -> Row[tuple[Application, ReceivedSubmission]]:
    query = (
        select(Application, ReceivedSubmission)
        .join(ReceivedSubmission, ReceivedSubmission.application_id == Application.id)
        .where(Application.id == application_id, ReceivedSubmission.client_id == client.id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound(application_id)
    return row


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
