"""Drafts: started, loaded and saved on the hot path with fixed statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from engine.effects import NOTHING, Effects
from engine.lifecycle import Event, Status, Who
from engine.model import Procedure
from procedures import library, lifecycle
from procedures.actors import SYSTEM, Actor
from procedures.amending.earlier import Earlier, unpack
from procedures.amending.versions import open_to_drafts
from procedures.continuing import told
from procedures.continuing.ending import ends_at
from procedures.days import tokyo_day
from procedures.errors import AlreadySubmitted, NotFound, SignInRequired, StaleDraft
from procedures.insight.leaving import count_left
from procedures.keyring.owned import of
from procedures.library import InForce
from procedures.models import Application, PublishedProcedure, Unfinished, new_id
from procedures.models import Draft as Row
from procedures.storing import answers as stored
from procedures.storing.fixed import Fixed
from procedures.submitting import acceptance, audience

_application = Application.__table__
_draft = Row.__table__
_typed = Unfinished.__table__
_published = PublishedProcedure.__table__


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as its owner fills it in. `answers` is a fresh dict; after the end of the case it is empty.

    `earlier` is what was set aside when it moved to a newer version; `outdated`: it has to move (`amending.move`).
    `effects` is what the save that made this revision did further on; `unfinished`: how many pages hold typed text that
    is no answer yet (`continuing.unfinished`).
    """

    application_id: str
    procedure: Procedure
    answers: dict[str, Any]
    revision: int
    status: Status
    expires_at: datetime | None
    reference: str | None = None
    earlier: Earlier | None = None
    outdated: bool = False
    effects: Effects = NOTHING
    unfinished: int = 0


_START_APPLICATION = Fixed(insert(_application))
_START_DRAFT = Fixed(insert(_draft))

_IN_FORCE = (
    select(_published.c.digest)
    .where(_published.c.procedure_id == _application.c.procedure_id, _published.c.version <= bindparam("day"))
    .order_by(_published.c.version.desc())
    .limit(1)
    .scalar_subquery()
)
_UNFINISHED = select(func.count()).where(_typed.c.application_id == _application.c.id).scalar_subquery()
_LOAD = Fixed(
    select(
        _application.c.digest,
        _application.c.status,
        _application.c.reference,
        _draft.c.answers,
        _draft.c.revision,
        _draft.c.keep_days,
        _draft.c.updated_at,
        _draft.c.earlier,
        _draft.c.effects,
        _UNFINISHED.label("unfinished"),
        _IN_FORCE.label("in_force"),
    )
    .select_from(_application.outerjoin(_draft))
    .where(_application.c.id == bindparam("application_id"), _application.c.owner == bindparam("owner"))
)

_OWN_DRAFT = (
    select(_application.c.id)
    .where(
        _application.c.id == bindparam("case_id"),
        _application.c.owner == bindparam("owner"),
        _application.c.status == Status.DRAFT.value,
    )
    .exists()
)
_SAVE = Fixed(
    update(_draft)
    .where(_draft.c.application_id == bindparam("case_id"), _draft.c.revision == bindparam("seen"), _OWN_DRAFT)
    .values(
        answers=bindparam("packed"),
        revision=bindparam("next"),
        updated_at=bindparam("moment"),
        effects=bindparam("did"),
    )
)


_TOUCH = Fixed(
    update(_draft)
    .where(_draft.c.application_id == bindparam("case_id"), _OWN_DRAFT)
    .values(updated_at=bindparam("moment"))
)


def start(session: Session, actor: Actor, now: datetime, procedure: Procedure) -> str:
    """Begin a case; returns its id. Two INSERTs.

    Raises `NotFound` where it is not for this actor, `SignInRequired` for a visitor where the procedure wants to know
    who applies, `NotAccepted` outside of its periods and while no place is left.
    """
    audience.require(procedure, actor)
    if procedure.sign_in.required and actor.kind == "visitor":
        raise SignInRequired
    acceptance.require(session, InForce(procedure, suspended=False), tokyo_day(now))
    application_id = new_id()
    application = {
        "id": application_id,
        "procedure_id": procedure.id,
        "digest": procedure.digest,
        "status": Status.DRAFT.value,
        "status_changed_at": now,
        "round": 0,
        "turn": 0,
        "owner": actor.owner_key,
        "language": actor.language,
        "created_at": now,
    }
    _START_APPLICATION.change(session, application)
    draft = {
        "application_id": application_id,
        "answers": of(application_id, stored.pack({})),
        "revision": 1,
        "keep_days": procedure.draft_days,
        "updated_at": now,
        "earlier": None,
        "effects": None,
        "reminded": 0,
        "reminded_of": None,
    }
    _START_DRAFT.change(session, draft)
    return application_id


def load(session: Session, actor: Actor, application_id: str, day: date = date.min) -> Draft:
    """The draft, one SELECT. Raises `NotFound` for a missing case and for another's alike.

    Once a case is at its end there is no draft any more: answers are empty, `expires_at` is None. Whether it is
    outdated is judged for `day` in Tokyo; without one, it is not.
    """
    row = _LOAD.one_or_none(session, {"application_id": application_id, "owner": actor.owner_key, "day": day})
    if row is None:
        raise NotFound(application_id)
    procedure = library.by_digest(session, row.digest)
    status = Status(row.status)
    if row.answers is None:
        return Draft(application_id, procedure, {}, 0, status, None, row.reference)
    answers = stored.unpack(row.answers)
    expires_at = ends_at(row.updated_at, row.keep_days) if status is Status.DRAFT else None
    superseded = status is Status.DRAFT and row.in_force not in {None, row.digest}
    outdated = superseded and open_to_drafts(session, procedure, day) is not procedure
    earlier = unpack(row.earlier)
    return Draft(
        application_id,
        procedure,
        answers,
        row.revision,
        status,
        expires_at,
        row.reference,
        earlier,
        outdated,
        told.unpack(row.effects, row.revision),
        row.unfinished,
    )


def save(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    answers: Mapping[str, Any],
    revision: int,
    effects: Effects = NOTHING,
) -> int:
    """Keep all answers if the draft is still at `revision`; returns the new revision. One UPDATE.

    `effects` is what they change further on, to be told on the page that comes next.
    Raises `StaleDraft`, `AlreadySubmitted`, `NotFound`.
    """
    values = {
        "case_id": application_id,
        "owner": actor.owner_key,
        "seen": revision,
        "packed": of(application_id, stored.pack(answers)),
        "next": revision + 1,
        "moment": now,
        "did": of(application_id, told.pack(effects, revision + 1)),
    }
    if _SAVE.change(session, values) == 1:
        return revision + 1
    raise _why_not_saved(session, actor, application_id)


def touch(session: Session, actor: Actor, now: datetime, application_id: str) -> None:
    """Somebody is at work on the draft: it lives on from now. Raises `AlreadySubmitted`, `NotFound`."""
    if _TOUCH.change(session, {"case_id": application_id, "owner": actor.owner_key, "moment": now}) != 1:
        raise _why_not_saved(session, actor, application_id)


def lapse_expired(session: Session, now: datetime, limit: int = 100) -> int:
    """Let up to `limit` drafts whose time is over lapse, answers erased; returns how many. Call again until it is 0.

    The cases are locked before the first of them changes, so that two writers never wait for each other in a circle.
    """
    lapsing = []
    for days in session.execute(select(Row.keep_days).distinct().order_by(Row.keep_days)).scalars().all():
        expired = (
            select(Application.id)
            .join(Row)
            .where(
                Application.status == Status.DRAFT,
                Row.keep_days == days,
                Row.updated_at <= now - timedelta(days=days),
            )
            .order_by(Row.updated_at, Application.id)
            .limit(limit - len(lapsing))
            .with_for_update(skip_locked=True)
        )
        lapsing += session.execute(expired).scalars().all()
    for application_id in lapsing:
        count_left(session, now, application_id)
        lifecycle.apply(session, SYSTEM, now, application_id, Event.LAPSE, who=Who.SYSTEM)
    return len(lapsing)


def _why_not_saved(session: Session, actor: Actor, application_id: str) -> Exception:
    values = {"application_id": application_id, "owner": actor.owner_key, "day": date.min}
    row = _LOAD.one_or_none(session, values)
    if row is None:
        return NotFound(application_id)
    if row.status != Status.DRAFT:
        return AlreadySubmitted(row.status, row.reference)
    return StaleDraft(row.revision)
