"""Submitting for somebody, and asking where it stands."""

import re
from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

from flask import request
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from engine.fields.types.identifiers.corporate_number import check_digit
from payments import cases, receiving
from payments.links.sharing import share
from payments.links.tokens import Tokens
from payments.receiving import Answered, Desk, Order
from procedures.actors import Business
from procedures.clients import received
from procedures.clients.applicants import Applicant
from procedures.clients.client import SUBMIT
from procedures.clients.received import Once
from procedures.errors import NotComplete
from web.api import reading as read
from web.api.frame import BASE, Parameter, current_client, operation, tell
from web.api.pointers import of_failure
from web.api.problems import Problem, spoken
from web.api.schemas import ENVELOPE
from web.context import now, reading, settings, writing

KEY = re.compile(r"[\x21-\x7e]{1,255}")
IDEMPOTENCY = Parameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
    "A value of yours, new for each submission and the same when it is sent again.",
    "header",
    required=True,
)
WHAT_MAY_BE_WRONG = (
    *("idempotency_key", "json", "media_type", "too_large", "not_found", "body", "answers", "applicant", "assurance"),
    *("mandate", "office", "not_accepted", "version", "key_reused", "unavailable"),
)
PAYING = frozenset({"awaiting_fee", "awaiting_issue_fee"})


@operation(
    "POST",
    "/procedures/<procedure_id>/submissions",
    SUBMIT,
    {201: ("Received", "Submitted. `Location` is where to ask how it stands; `fee.pay_url` is where it is paid.")},
    (IDEMPOTENCY,),
    body="submission",
    problems=WHAT_MAY_BE_WRONG,
)
def submit(procedure_id: str) -> Response:
    """Submit answers by the procedure's JSON Schema, for the applicant that you name. Sent twice, it counts once."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise Problem("idempotency_key")
    octets = read.body()
    value = read.checked(read.parsed(octets), ENVELOPE)
    known = received.once(current_client(), procedure_id, key, octets)
    order = _order(procedure_id, value)
    try:
        done = _receive(order, known)
    except NotComplete as refusal:
        told = [of_failure(one, order.answers, spoken()) for one in refusal.failures]
        raise Problem("answers", errors=told) from None
    again = {"Idempotent-Replayed": "true"} if done.again else {}
    return tell(done.body, 201, {"Location": f"{BASE}/submissions/{done.body['id']}", **again})


def _receive(order: Order, known: Once) -> Answered:
    """Once more where the same was submitted by another request in this very moment: that one's answer is ours."""
    try:
        with writing() as session:
            return receiving.receive(session, current_client(), now(), order, known, desk())
    except IntegrityError:
        with reading() as session:
            told = received.before(session, known)
        if told is None:
            raise
        return Answered(told, again=True)


def desk() -> Desk:
    """Where pay links lead."""
    return Desk(settings().public_url, Tokens(settings().secret_key))


def _order(procedure_id: str, value: Mapping[str, Any]) -> Order:
    return Order(
        procedure_id=procedure_id,
        answers=value["answers"],
        applicant=_applicant(value.get("applicant")),
        language=value.get("language", "ja"),
        version=_day(value.get("version")),
        their_reference=value.get("client_reference"),
    )


def _applicant(told: Mapping[str, Any] | None) -> Applicant | None:
    if told is None:
        return None
    business = told.get("business")
    if business and business["number"][0] != check_digit(business["number"][1:]):
        raise _wrong("/applicant/business/number")
    facts = {name: told[name] for name in ("email", "level") if name in told}
    return Applicant(
        subject=told["subject"], name=told["name"], business=Business(**business) if business else None, **facts
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _wrong("/version") from None


def _wrong(place: str) -> Problem:
    return Problem("body", errors=[{"pointer": f"#{place}", "code": "value"}])


@operation(
    "GET",
    "/submissions/<application_id>",
    SUBMIT,
    {200: ("Standing", "Where it stands."), 304: ("", "Nothing has changed since the ETag that you sent.")},
    problems=("not_found",),
)
def standing(application_id: str) -> Response:
    """Where a case that you submitted stands: its status, the day of the result, what is to be paid or corrected."""
    with reading() as session:
        found = received.standing(session, current_client(), application_id)
        correction = received.correction(session, found)
    fee = found.answer["fee"]
    if fee and found.status not in PAYING:
        fee = {**fee, "pay_url": None}
    return tell(
        {
            "id": found.application_id,
            "reference": found.reference,
            "client_reference": found.their_reference,
            "procedure": found.procedure_id,
            "status": found.status,
            "changed_at": found.changed_at.astimezone(UTC).isoformat(),
            "submitted_at": found.submitted_at.astimezone(UTC).isoformat(),
            "due_on": found.due_on.isoformat() if found.due_on else None,
            "fee": fee,
            "correction": correction,
        }
    )


@operation(
    "POST",
    "/submissions/<application_id>/pay-link",
    SUBMIT,
    {200: ("PayLink", "Where anybody who has the link can pay what the case owes now.")},
    problems=("not_found",),
)
def pay_link(application_id: str) -> Response:
    """Where to pay what the case owes now, also a fee that came up later. 404 where nothing is owed."""
    with writing() as session:
        actor = received.applicant_of(session, current_client(), application_id)
        page = desk().pay_page(share(session, actor, now(), application_id, desk().tokens))
    return tell({"pay_url": page})


@operation(
    "POST",
    "/submissions/<application_id>/withdrawal",
    SUBMIT,
    {200: ("Standing", "Withdrawn.")},
    problems=("not_found", "state"),
)
def withdraw(application_id: str) -> Response:
    """Withdraw a case that you submitted, for its applicant. 409 once it is decided."""
    with writing() as session:
        actor = received.applicant_of(session, current_client(), application_id)
        cases.withdraw(session, actor, now(), application_id)
    return standing(application_id)
