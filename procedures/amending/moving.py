"""Moves a draft to the version in force: its answers with it, and what does not fit set aside in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from engine.model import Procedure
from engine.versions.moving import Place, field_paths, migrate_answers, relocate
from procedures import audit, library, lifecycle
from procedures.actors import Actor
from procedures.amending.earlier import Earlier, EarlierAnswer, pack, unpack
from procedures.amending.versions import between, open_to_drafts
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.keyring.owned import of
from procedures.models import Application, Attachment, Draft
from procedures.profiles import origins
from procedures.storing import answers as stored
from procedures.storing.fixed import Fixed

_application, _draft = Application.__table__, Draft.__table__
_READ = Fixed(
    select(_draft.c.answers, _draft.c.revision, _draft.c.earlier)
    .where(_draft.c.application_id == bindparam("case_id"))
    .with_for_update()
)
_WRITE = Fixed(
    update(_draft)
    .where(_draft.c.application_id == bindparam("case_id"))
    .values(
        answers=bindparam("packed"),
        earlier=bindparam("aside"),
        revision=bindparam("next"),
        keep_days=bindparam("days"),
        updated_at=bindparam("moment"),
    )
)
_KEEP = Fixed(update(_draft).where(_draft.c.application_id == bindparam("case_id")).values(earlier=bindparam("aside")))
_POINT = Fixed(
    update(_application).where(_application.c.id == bindparam("case_id")).values(digest=bindparam("new_digest"))
)


def move(session: Session, actor: Actor, now: datetime, application_id: str) -> bool:
    """Move one's draft to the version that is open to it; False where it is on it already, or is no draft any more.

    In one transaction with the case locked: whoever comes second finds nothing to do, and a page that was opened before
    finds another revision. The draft lives from `now` as long as the new version says. Raises `NotFound`.
    """
    case = lifecycle.lock(session, application_id)
    if case.owner != actor.owner_key:
        raise NotFound(application_id)
    old = library.by_digest(session, case.digest)
    today = tokyo_day(now)
    if case.status != Status.DRAFT or (new := open_to_drafts(session, old, today)) is old:
        return False
    [draft] = _READ.all(session, {"case_id": application_id})
    versions = between(session, old, new)
    carried = _carry(old, versions, stored.unpack(draft.answers), unpack(draft.earlier), today)
    values = {
        "case_id": application_id,
        "packed": of(application_id, stored.pack(carried.answers)),
        "aside": of(application_id, pack(carried.earlier)),
        "next": draft.revision + 1,
        "days": new.draft_days,
        "moment": now,
    }
    _WRITE.change(session, values)
    _POINT.change(session, {"case_id": application_id, "new_digest": new.digest})
    _move_files(session, application_id, carried.paths)
    origin = origins.load(session, application_id)
    if origin != origins.NOTHING:
        origins.save(session, application_id, origin.moved([old, *versions], today))
    aside = sorted({one.field for one in carried.earlier.answers if one.field})
    audit.record(session, actor, now, "move_draft", application_id, aside, f"{old.version} > {new.version}")
    return True


def forget_item(session: Session, actor: Actor, application_id: str, item: Place) -> None:
    """After an item of a list was taken out of one's draft: what was set aside of the others stays beside them.

    Called in the transaction that saved the draft without it. Raises `NotFound`.
    """
    case = lifecycle.lock(session, application_id)
    if case.owner != actor.owner_key:
        raise NotFound(application_id)
    [draft] = _READ.all(session, {"case_id": application_id})
    earlier = unpack(draft.earlier)
    if earlier is not None:
        values = {"case_id": application_id, "aside": of(application_id, pack(earlier.without_item(item)))}
        _KEEP.change(session, values)


@dataclass(frozen=True, slots=True)
class _Carried:
    """Answers on the new version, what was set aside, and where each old field (by path) is now."""

    answers: dict[str, Any]
    earlier: Earlier
    paths: Mapping[str, str]


def _carry(
    old: Procedure, versions: Sequence[Procedure], answers: dict[str, Any], earlier: Earlier | None, today: date
) -> _Carried:
    """From one version to the next and so on, since each says only what it changed about the one before."""
    aside = list(earlier.answers) if earlier else []
    paths = {path: path for path in field_paths(old, old)}
    added: list[str] = []
    before = old
    for version in versions:
        found = migrate_answers(before, version, answers, today)
        aside = [_replaced(one, before, version) for one in aside]
        aside += [EarlierAnswer(before.digest, one.field, one.source, one.place, one.answer) for one in found.dropped]
        renamed = field_paths(before, version)
        paths = {first: renamed[last] for first, last in paths.items() if last in renamed}
        added = [*(renamed[path] for path in added if path in renamed), *found.added]
        answers, before = found.answers, version
    return _Carried(answers, Earlier(old.digest, today, tuple(aside), tuple(dict.fromkeys(added))), paths)


def _replaced(one: EarlierAnswer, old: Procedure, new: Procedure) -> EarlierAnswer:
    return one if one.place is None else replace(one, place=relocate(old, new, one.place))


def _move_files(session: Session, application_id: str, paths: Mapping[str, str]) -> None:
    """Files stand under the path of their question: those of one that was renamed go with it."""
    for row in _renamed_files(session, application_id, paths):
        row.field_id = paths[row.field_id]
    session.flush()


def _renamed_files(session: Session, application_id: str, paths: Mapping[str, str]) -> Iterable[Attachment]:
    rows = session.execute(select(Attachment).where(Attachment.application_id == application_id)).scalars()
    return [row for row in rows if paths.get(row.field_id, row.field_id) != row.field_id]
