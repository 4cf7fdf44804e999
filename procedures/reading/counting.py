"""How many cases each scope holds, counted up to a limit: a million are counted as fast as a thousand."""

from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, bindparam, func, literal, select
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.models import Application
from procedures.reading import queues
from procedures.reading.asked import Posts, posts_of
from procedures.reading.queues import SCOPES, QueueFilter, Scope
from procedures.storing.fixed import Fixed

MOST = 1_000
"""Counted exactly up to here; a count of one more says that there are more."""


def counts(session: Session, actor: Actor, today: date) -> dict[Scope, int]:
    """How many cases each scope holds for this actor, `MOST` + 1 for whatever is more."""
    offices = queues.offices_of(actor)
    statement = _every_scope(None if offices is None else tuple(sorted(offices)), posts_of(actor))
    row = statement.one_or_none(session, {"me": actor.id, "today": today})
    return dict(zip(SCOPES, row, strict=True))


def count(session: Session, actor: Actor, filters: QueueFilter) -> int:
    """How many cases match a filter, `MOST` + 1 for whatever is more."""
    found: int = session.execute(select(_up_to_a_limit(queues.matching(actor, filters)))).scalar_one()
    return found


@lru_cache(maxsize=1024)
def _every_scope(offices: tuple[str, ...] | None, posts: Posts) -> Fixed:
    """Put together once for each set of offices: that costs more than running it."""
    today, me = bindparam("today", type_=Application.due_on.type), bindparam("me")
    mine = queues.in_offices(offices)
    asked = ((scope, mine & queues.in_scope(scope, me, today, posts)) for scope in SCOPES)
    return Fixed(select(*(_up_to_a_limit(condition).label(scope) for scope, condition in asked)))


def _up_to_a_limit(condition: ColumnElement[bool]) -> ColumnElement[int]:
    found = select(literal(1)).select_from(Application).where(condition).limit(MOST + 1).subquery()
    return select(func.count()).select_from(found).scalar_subquery()
