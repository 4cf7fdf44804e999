"""What a letter is about: the decision, taken or proposed, and the case that it decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures import library
from procedures.days import tokyo_day
from procedures.decisions import outcomes
from procedures.models import Application, Decision, Proposal
from procedures.reading import casefile


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a letter says of a decision; `reasons` are `{code, title: {language: text}, law}`."""

    outcome: str
    procedure: Procedure
    reference: str
    submitted_on: date
    addressee: str
    reasons: Sequence[Mapping[str, Any]]
    text: str
    granted: str | None
    hearing: Mapping[str, Any] | None
    appeal: Mapping[str, str] | None


def of_proposal(session: Session, application_id: str, proposal: Proposal) -> Facts:
    """The letter that would go out if it were decided as proposed. Raises `NoLawfulReason`."""
    return _facts(session, application_id, proposal, proposal.reason_codes)


def of_decision(session: Session, decision: Decision) -> Facts:
    """The letter of a decision, with the words that were frozen in it."""
    return _facts(session, decision.application_id, decision, None)


def _facts(session: Session, application_id: str, told: Any, codes: Sequence[str] | None) -> Facts:
    query = select(Application.digest, Application.reference, Application.submitted_at)
    case: Row[Any] = session.execute(query.where(Application.id == application_id)).one()
    procedure = library.by_digest(session, case.digest)
    return Facts(
        outcome=told.outcome,
        procedure=procedure,
        reference=case.reference,
        submitted_on=tokyo_day(case.submitted_at),
        addressee=_addressee(procedure, casefile.submission(session, application_id)),
        reasons=told.reasons if codes is None else outcomes.reasons(procedure, told.outcome, codes),
        text=told.text,
        granted=told.granted,
        hearing=told.hearing,
        appeal=told.appeal if codes is None else outcomes.appeal(procedure, told.outcome),
    )


def _addressee(procedure: Procedure, sent: casefile.Sent) -> str:
    """Who applied: whom somebody acts for before who acts; else whoever the application names; "" where it names none.

    Names stay as they were given (髙, 𠮷, 葛󠄀).
    """
    who = sent.applicant or {}
    if represented := (who.get("for") or {}).get("name"):
        return str(represented)
    if business := (who.get("business") or {}).get("name"):
        return str(business)
    named = (field for field in procedure.fields.values() if field.concept == "applicant.name")
    answered = next((sent.answers[field.id] for field in named if field.id in sent.answers), None)
    return str(answered or who.get("name") or "") if not isinstance(answered, dict) else str(who.get("name", ""))
