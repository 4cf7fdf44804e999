"""What a procedure wants to know of its applicant: sign-in, assurance, an address for notices; and what is frozen."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures.actors import Actor
from procedures.errors import AssuranceTooLow, SignInRequired
from procedures.models import Person

LEVELS = ("basic", "substantial", "high")


def check(session: Session, actor: Actor, procedure: Procedure) -> str | None:
    """Raise `SignInRequired` or `AssuranceTooLow`; returns the e-mail address of the signed-in person's profile.

    The level that counts is that of this sign-in, where the actor says which; else of the person's last one.
    """
    if actor.kind == "visitor":
        if procedure.sign_in.required:
            raise SignInRequired
        return None
    query = select(Person.email, Person.assurance).where(Person.id == actor.id)
    person = session.execute(query).one_or_none()
    assurance = actor.proof.level if actor.proof else person.assurance if person else LEVELS[0]
    if procedure.sign_in.required and LEVELS.index(assurance) < LEVELS.index(procedure.sign_in.assurance):
        raise AssuranceTooLow(procedure.sign_in.assurance)
    return person.email if person else None


def described(actor: Actor, represented: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
    """Who submits, by which sign-in, as it is frozen: {person, name, means, issuer, level, at}; None for a visitor.

    `business` is the one they act for: {number, name, role, level}.
    `for` is whom they act for and by which mandate, as `procedures.mandates.acting` describes it.
    """
    if actor.kind == "visitor":
        return None
    who: dict[str, Any] = {"person": actor.id, "name": actor.name}
    if actor.business:
        who["business"] = asdict(actor.business)
    if represented:
        who["for"] = dict(represented)
    if actor.proof is None:
        return who
    at = actor.proof.at.astimezone(UTC).isoformat()
    return {**who, "means": actor.proof.means, "issuer": actor.proof.issuer, "level": actor.proof.level, "at": at}


def contact_email(procedure: Procedure, answers: Mapping[str, Any]) -> str | None:
    """The address that the applicant gave for this case: the field of the concept, else the first of the type."""
    fields = [field for field in procedure.fields.values() if field.type.name == "email" and answers.get(field.id)]
    fields.sort(key=lambda field: field.concept != "applicant.email")
    return str(answers[fields[0].id]) if fields else None
