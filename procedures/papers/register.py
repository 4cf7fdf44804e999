"""The register of papers (交付簿): every number of an office in a fiscal year, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from procedures import library
from procedures.actors import Actor
from procedures.authority import may
from procedures.errors import NotFound
from procedures.models import Application, Certificate, PaperNumber
from procedures.papers.numbers import SERIES, Kind
from procedures.papers.shown import LANGUAGE

State = Literal["reserved", "stopped", "handed_out", "replaced", "revoked", "cancelled"]
_register, _certificate = PaperNumber.__table__, Certificate.__table__


@dataclass(frozen=True, slots=True)
class Volume:
    """One series of an office in a fiscal year; `office` is its id, `last` the number given last."""

    kind: Kind
    office: str
    year: int
    last: int


@dataclass(frozen=True, slots=True)
class Line:
    """One number. `title` is the certificate's, or "" for other papers; `reason` why it was cancelled or revoked."""

    number: str
    title: str
    reference: str
    application_id: str
    given_at: datetime
    ended_at: datetime | None
    state: State
    reason: str


def volumes(session: Session, actor: Actor) -> Sequence[Volume]:
    """Those of the offices that the actor serves, the newest year first. Receipts are finance's."""
    volume = (_register.c.kind, _register.c.series, _register.c.year)
    query = select(*volume, func.max(_register.c.position).label("last")).where(_register.c.kind != "receipt")
    rows = session.execute(query.group_by(*volume))
    found = (Volume(row.kind, row.series.removeprefix(SERIES[row.kind]), row.year, row.last) for row in rows)
    mine = [one for one in found if _serves(actor, one.office)]
    return sorted(mine, key=lambda one: (-one.year, one.office, one.kind))


def lines(session: Session, actor: Actor, kind: Kind, office: str, year: int) -> Sequence[Line]:
    """Every number of a volume in its order. Raises `NotFound` for another office's."""
    if kind not in SERIES or not _serves(actor, office):
        raise NotFound(office)
    names = ("revoked_at", "revoke_reason", "replaced_at", "trouble")
    columns = [_certificate.c[name] for name in names]
    query = (
        select(_register, *columns, Application.reference, Application.digest)
        .outerjoin(_certificate, _certificate.c.number == _register.c.number)
        .outerjoin(Application, Application.id == _register.c.application_id)
        .where(_register.c.series == SERIES[kind] + office, _register.c.year == year)
        .order_by(_register.c.position)
    )
    return [_line(session, row) for row in session.execute(query)]


def _serves(actor: Actor, office: str) -> bool:
    return may(actor, "case.read", office)


def _line(session: Session, row: Row[Any]) -> Line:
    procedure = library.by_digest(session, row.digest) if row.kind == "certificate" and row.digest else None
    titles = {kind.id: kind.title.say(LANGUAGE) for kind in procedure.certificates} if procedure else {}
    state = _state(row)
    return Line(
        number=row.number,
        title=titles.get(row.about, ""),
        reference=row.reference or "",
        application_id=row.application_id,
        given_at=row.given_at,
        ended_at=row.cancelled_at or row.handed_out_at,
        state=state,
        reason=row.cancel_reason or row.revoke_reason or "",
    )


def _state(row: Row[Any]) -> State:
    if row.cancelled_at is not None:
        return "cancelled"
    if row.handed_out_at is None:
        return "stopped" if row.trouble else "reserved"
    if row.revoked_at is not None:
        return "revoked"
    return "replaced" if row.replaced_at is not None else "handed_out"
