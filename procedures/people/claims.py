"""Verified claims: what an issuer vouched for about a person, how surely, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.models import PersonClaim

LEVELS = ("basic", "substantial", "high")


@dataclass(frozen=True, slots=True)
class VerifiedClaim:
    """One claim. `name` and the shape of `value` are those of `web.identity.openid.claims`; `at` in UTC."""

    name: str
    value: Any
    issuer: str
    assurance: str
    at: datetime


def keep(
    session: Session, now: datetime, person_id: str, claims: Mapping[str, Any], issuer: str, assurance: str
) -> list[str]:
    """Remember what `issuer` says today; returns the names of claims that changed.

    What was vouched for more surely stays: a sign-in at a lower level neither replaces nor confirms it. What the issuer
    does not mention this time stays too, because it depends on what was asked for.
    """
    rows = {row.claim: row for row in session.scalars(_of(person_id).where(PersonClaim.issuer == issuer))}
    changed = []
    for name, value in claims.items():
        row = rows.get(name)
        if row is None:
            row = PersonClaim(person_id=person_id, claim=name, issuer=issuer)
            session.add(row)
        elif LEVELS.index(row.assurance) > LEVELS.index(assurance):
            continue
        if row.value != value:
            changed.append(name)
        row.value, row.assurance, row.at = value, assurance, now
    session.flush()
    return sorted(changed)


def verified(session: Session, person_id: str) -> dict[str, VerifiedClaim]:
    """The claims of a person by name: of several issuers the surest, of equally sure ones the newest."""
    found: dict[str, VerifiedClaim] = {}
    for row in sorted(session.scalars(_of(person_id)), key=lambda row: (LEVELS.index(row.assurance), row.at)):
        found[row.claim] = VerifiedClaim(row.claim, row.value, row.issuer, row.assurance, row.at)
    return found


def _of(person_id: str) -> Any:
    return select(PersonClaim).where(PersonClaim.person_id == person_id)
