"""Submitting for somebody by another system: checked, priced, routed and demanded as on our own pages, in one go."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Status
from engine.model import Procedure
from engine.validation import check_received
from payments import cases
from payments.links.sharing import share
from payments.links.tokens import Tokens
from procedures import drafts, library
from procedures.actors import Actor
from procedures.clients import applicants, received, uploads
from procedures.clients.applicants import Applicant
from procedures.clients.client import Client
from procedures.clients.received import Once
from procedures.days import tokyo_day
from procedures.errors import NotComplete, NotFound, VersionClosed
from procedures.models import Application
from procedures.submissions import Submitted

WITH_A_FEE = frozenset({Status.AWAITING_FEE})


class OfficeOutOfReach(Exception):
    """The answers lead to an office that is not this client's concern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a client wants submitted. `version` is the day of the version its answers were made for; else today's."""

    procedure_id: str
    answers: Mapping[str, Any]
    applicant: Applicant | None
    language: str
    version: date | None = None
    their_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where links lead that are given to clients: the site's address and the tokens of pay links."""

    public_url: str
    tokens: Tokens

    def pay_page(self, token: str) -> str:
        """Where anybody who has the link can pay."""
        return f"{self.public_url.rstrip('/')}/pay/{token}"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the client is told; `again`: it had been told so before, and nothing was done."""

    body: Mapping[str, Any]
    again: bool


def receive(session: Session, client: Client, now: datetime, order: Order, known: Once, desk: Desk) -> Answered:
    """Submit the order, or answer what the same one was answered before.

    The answers have to be exactly those on the path (`engine.validation.check_received`). Raises `NotFound` for a
    procedure that is not there or not the client's, `KeyReused`, `LevelTooHigh`, `NotComplete`, `OfficeOutOfReach`, and
    whatever `procedures.drafts.start` and `payments.cases.submit` raise.
    """
    if not client.takes(order.procedure_id):
        raise NotFound(order.procedure_id)
    if (told := received.before(session, known)) is not None:
        return Answered(told, again=True)
    today = tokyo_day(now)
    procedure = _procedure(session, order, today)
    actor = applicants.acting(session, now, client, order.applicant, order.language)
    application_id = drafts.start(session, actor, now, procedure)
    if failures := check_received(procedure, order.answers, today):
        raise NotComplete(failures)
    uploads.take_over(session, now, client, application_id, procedure, order.answers)
    revision = drafts.save(session, actor, now, application_id, order.answers, 1)
    seen = json.dumps({"language": order.language, "by": client.id}, ensure_ascii=False)
    done = cases.submit(session, actor, now, application_id, revision, seen)
    office = session.execute(select(Application.office).where(Application.id == application_id)).scalar_one()
    if not client.reaches(procedure.id, office):
        raise OfficeOutOfReach
    fee = _fee(session, actor, now, done, desk, order.language)
    body = {
        "id": application_id,
        "reference": done.reference,
        "client_reference": order.their_reference,
        "procedure": procedure.id,
        "version": procedure.version.isoformat(),
        "office": office,
        "status": done.status.value,
        "submitted_at": now.astimezone(UTC).isoformat(),
        "fee": fee,
    }
    received.keep(session, now, client, application_id, known, body, order.their_reference)
    return Answered(body, again=False)


def _procedure(session: Session, order: Order, today: date) -> Procedure:
    if order.version is None:
        return library.in_force(session, order.procedure_id, today).procedure
    if order.version > today:
        raise VersionClosed
    return library.of_version(session, order.procedure_id, order.version)


def _fee(
    session: Session, actor: Actor, now: datetime, done: Submitted, desk: Desk, language: str
) -> Mapping[str, Any] | None:
    """What it costs, and where it is paid where that is due now; None where it is free of charge."""
    if done.quote is None:
        return None
    page = None
    if done.status in WITH_A_FEE and done.pay_by:
        page = desk.pay_page(share(session, actor, now, done.application_id, desk.tokens))
    return {
        "yen": done.quote.total,
        "lines": _lines(done.quote, language),
        "pay_by": done.pay_by.isoformat() if done.pay_by else None,
        "pay_url": page,
    }


def _lines(quote: FeeQuote, language: str) -> list[Mapping[str, Any]]:
    return [{"title": line.title.say(language), "yen": line.yen} for line in quote.lines]
