"""Text that was typed into a page and not sent: kept beside the answers, erased with the draft and when it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from procedures import drafts
from procedures.actors import Actor
from procedures.keyring.owned import of
from procedures.models import Unfinished
from procedures.models.base import to_json
from procedures.storing.fixed import Fixed

Texts = Mapping[str, Sequence[str]]

MOST_CHARACTERS = 60_000
"""Of one page, counted as they are stored: several texts of 10,000 characters fit."""
MOST_PAGES = 60
"""Of one draft: somebody who leaves so many pages half written is no person."""

_typed = Unfinished.__table__
_HERE = (_typed.c.application_id == bindparam("case_id"), _typed.c.page == bindparam("at_page"))
_READ = Fixed(select(_typed.c.seen, _typed.c.version, _typed.c.texts, _typed.c.kept_at).where(*_HERE))
_PAGES = Fixed(select(_typed.c.page).where(_typed.c.application_id == bindparam("case_id")).order_by(_typed.c.page))
_COUNT = Fixed(select(func.count().label("count")).where(_typed.c.application_id == bindparam("case_id")))
_ADD = Fixed(insert(_typed))
_CHANGE = Fixed(
    update(_typed)
    .where(*_HERE)
    .values(seen=bindparam("saw"), version=bindparam("next"), texts=bindparam("written"), kept_at=bindparam("moment"))
)
_DROP = Fixed(delete(_typed).where(*_HERE))


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one page. `seen` is the digest of what was saved of the page when this was typed."""

    seen: str
    version: int
    texts: Texts
    kept_at: datetime


class TypedElsewhere(Exception):
    """Another window keeps text of this page: neither overwrites the other."""


class TooMuchTyped(Exception):
    """More than is kept unsent; sending the page says which text is too long."""


def keep(
    session: Session, actor: Actor, now: datetime, application_id: str, page: str, texts: Texts, seen: str, version: int
) -> int:
    """Keep the text of one page of one's draft; returns its new version. `version` is the last one this window knows.

    The draft is touched, so it lives on; its revision stays, for no answer changed. Raises `NotFound`,
    `AlreadySubmitted`, `TypedElsewhere`, `TooMuchTyped`.
    """
    if len(to_json(texts)) > MOST_CHARACTERS:
        raise TooMuchTyped
    drafts.touch(session, actor, now, application_id)  # locks it: two windows come one after the other
    before = read(session, application_id, page)
    if version != (before.version if before else 0):
        raise TypedElsewhere
    if before is None:
        if _COUNT.all(session, {"case_id": application_id})[0].count >= MOST_PAGES:
            raise TooMuchTyped
        row = {"application_id": application_id, "page": page, "seen": seen, "version": 1}
        _ADD.change(session, {**row, "texts": of(application_id, texts), "kept_at": now})
        return 1
    values = {
        "case_id": application_id,
        "at_page": page,
        "saw": seen,
        "written": of(application_id, texts),
        "moment": now,
    }
    _CHANGE.change(session, {**values, "next": version + 1})
    return version + 1


def read(session: Session, application_id: str, page: str) -> Typed | None:
    """The text of one page; for who has loaded the draft."""
    row = _READ.one_or_none(session, {"case_id": application_id, "at_page": page})
    return Typed(row.seen, row.version, row.texts, row.kept_at) if row else None


def pages(session: Session, application_id: str) -> tuple[str, ...]:
    """The pages that hold such text; for who has loaded the draft."""
    return tuple(row.page for row in _PAGES.all(session, {"case_id": application_id}))


def drop(session: Session, application_id: str, page: str) -> None:
    """The page was sent, or its text is not wanted any more; for who has loaded the draft."""
    _DROP.change(session, {"case_id": application_id, "at_page": page})
