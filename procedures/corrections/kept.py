"""How requests lie in the database: the open one of a case, its marks, the applicant's working copy; closing it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.correcting import ABSENT, Place
from engine.lifecycle import Status
from procedures.keyring.owned import of
from procedures.models import CorrectionItem, CorrectionRequest, to_json
from procedures.storing import answers as stored

ENDS = {Status.WITHDRAWN: "withdrawn", Status.LAPSED: "lapsed"}


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer to be changed, and why."""

    place: Place
    why: str


def open_of(session: Session, application_id: str) -> CorrectionRequest | None:
    """The open request of a case. Whoever writes has locked the case first."""
    query = select(CorrectionRequest).where(
        CorrectionRequest.application_id == application_id, CorrectionRequest.state == "open"
    )
    return session.execute(query).scalar_one_or_none()


def marks_of(session: Session, request_id: str) -> tuple[Mark, ...]:
    """What it asks for, in its order."""
    query = select(CorrectionItem).where(CorrectionItem.request_id == request_id).order_by(CorrectionItem.number)
    return tuple(Mark(tuple(row.place), row.why) for row in session.execute(query).scalars())


def pack(changes: Mapping[Place, Any]) -> str:
    """A working copy → what the column holds."""
    put = {to_json(list(place)): answer for place, answer in changes.items() if answer is not ABSENT}
    return stored.pack({"put": put, "gone": [list(place) for place, answer in changes.items() if answer is ABSENT]})


def unpack(column: str | None) -> dict[Place, Any]:
    """What the column holds → a working copy."""
    if column is None:
        return {}
    kept = stored.unpack(column)
    gone: dict[Place, Any] = {tuple(place): ABSENT for place in kept["gone"]}
    return gone | {tuple(json.loads(place)): answer for place, answer in kept["put"].items()}


def close(session: Session, now: datetime, application_id: str, state: str, note: str | None = None) -> None:
    """Close the open request, if there is one; what was only worked on is erased."""
    this = update(CorrectionRequest).where(
        CorrectionRequest.application_id == application_id, CorrectionRequest.state == "open"
    )
    session.execute(this.values(state=state, closed_at=now, changes=None, note=of(application_id, note)))
