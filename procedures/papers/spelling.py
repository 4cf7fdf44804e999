"""Characters that papers cannot draw: where they stand, and how a clerk spells them instead, with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from procedures import audit, library, lifecycle
from procedures.actors import Actor
from procedures.authority import may
from procedures.days import tokyo_day
from procedures.errors import NotFound, PaperRefused
from procedures.models import Certificate, PaperSpelling
from procedures.models.sealed import sealed_row
from procedures.papers.characters import called, undrawable
from procedures.papers.material import material
from procedures.papers.ordering import ask
from procedures.papers.shown import Material, groups

LONGEST = 500
LONGEST_REASON = 400
_certificate, _spelling = Certificate.__table__, PaperSpelling.__table__


@dataclass(frozen=True, slots=True)
class Lacking:
    """An answer that no paper can show: `characters` are those that no font draws, as they are called."""

    place: str
    label: str
    value: str
    characters: tuple[str, ...]


def lacking(found: Material, templates: Path) -> Sequence[Lacking]:
    """What the certificates of a case show that cannot be drawn, each place once."""
    places: dict[str, Lacking] = {}
    for kind in found.procedure.certificates:
        for entry in (entry for group in groups(kind, found) for entry in group.entries):
            if wrong := undrawable(entry.value, templates):
                places[entry.place] = Lacking(entry.place, entry.label, entry.value, tuple(map(called, wrong)))
    return tuple(places.values())


def respell(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    place: str,
    spelling: str,
    reason: str,
    templates: Path,
) -> None:
    """Spell an answer so that papers can show it, as a clerk of the office; what was stopped by it is made anew.

    Only what cannot be drawn is spelt otherwise: names are never normalised. The paper marks it. Raises `NotFound`,
    `PaperRefused` (spelling, long, reason, or undrawable where this cannot be drawn either).
    """
    case = lifecycle.lock(session, application_id)
    if not may(actor, "certificate.reissue", case):
        raise NotFound(application_id)
    procedure = library.by_digest(session, case.digest)
    known = material(session, application_id, procedure, tokyo_day(now))
    if place not in known.spellings and place not in {one.place for one in lacking(known, templates)}:
        raise NotFound(place)
    written, why = _checked(spelling, reason, templates)
    this = (_spelling.c.application_id == application_id) & (_spelling.c.place == place)
    session.execute(delete(_spelling).where(this))
    row = {"application_id": application_id, "place": place, "spelling": written, "reason": why}
    session.execute(
        insert(_spelling), {**sealed_row(application_id, _spelling, row), "entered_by": actor.key, "entered_at": now}
    )
    _make_anew(session, now, application_id)
    audit.record(session, actor, now, "paper.respell", application_id, [place])


def _checked(spelling: str, reason: str, templates: Path) -> tuple[str, str]:
    written, why = spelling.strip(), reason.strip()
    if not written or not why:
        raise PaperRefused("reason" if written else "spelling")
    if len(written) > LONGEST or len(why) > LONGEST_REASON:
        raise PaperRefused("long")
    if undrawable(written, templates):
        raise PaperRefused("undrawable")
    return written, why


def _make_anew(session: Session, now: datetime, application_id: str) -> None:
    """Order what was stopped once more, with the number it has."""
    waits = (_certificate.c.issued_at.is_(None)) & (_certificate.c.revoked_at.is_(None))
    stopped = (_certificate.c.application_id == application_id) & _certificate.c.trouble.is_not(None) & waits
    for row in session.execute(select(Certificate).where(stopped)).scalars().all():
        ask(session, now, application_id, row.kind, row.edition, row.replaces, anew=True)
    session.execute(update(_certificate).where(stopped).values(trouble=None))
