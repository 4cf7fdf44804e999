"""Views of the queue that a person, or an office's manager for all of it, keeps under a name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.authority import may, offices_where
from procedures.errors import NotFound
from procedures.models import FirstView, SavedView

LONGEST_NAME = 60  # characters
LONGEST_QUERY = 1_000
MOST = 40
"""Views of one person, or of one office."""
SHARE = "view.share"


class ViewRefused(Exception):
    """A view cannot be kept: `what` is name (empty or long), taken (the name), many or query."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class View:
    """One view. `query` is its address; `office` is whose it is where a manager shares it; `own`: may be changed."""

    id: str
    name: str
    query: str
    office: str | None
    own: bool
    first: bool


def of(session: Session, actor: Actor) -> list[View]:
    """The actor's own views and those of their offices, by name."""
    first = session.scalar(select(FirstView.view_id).where(FirstView.person_id == actor.id))
    rows = session.scalars(select(SavedView).where(_seen_by(actor)).order_by(SavedView.name, SavedView.id))
    return [
        View(row.id, row.name, row.query, row.office, own=_may_change(actor, row), first=row.id == first)
        for row in rows
    ]


def save(session: Session, actor: Actor, now: datetime, name: str, query: str, office: str | None = None) -> str:
    """Keep a filter; its id. With an `office` all who serve there see it. Raises `ViewRefused`, `NotFound`."""
    if office is not None and not may(actor, SHARE, office):
        raise NotFound(office)
    if len(query) > LONGEST_QUERY:
        raise ViewRefused("query")
    whose = _whose(actor, office)
    if session.scalar(select(func.count()).select_from(SavedView).where(whose)) >= MOST:
        raise ViewRefused("many")
    row = SavedView(person_id=actor.id, office=office, name=_named(session, name, whose), query=query, saved_at=now)
    session.add(row)
    session.flush()
    return row.id


def rename(session: Session, actor: Actor, _now: datetime, view_id: str, name: str) -> None:
    """Another name. Raises `ViewRefused`, `NotFound`."""
    row = _own(session, actor, view_id)
    whose = and_(_whose(actor, row.office), SavedView.id != view_id)
    row.name = _named(session, name, whose)
    session.flush()


def remove(session: Session, actor: Actor, _now: datetime, view_id: str) -> None:
    """Gone, for everybody who saw it. Raises `NotFound`."""
    row = _own(session, actor, view_id)
    session.execute(delete(FirstView).where(FirstView.view_id == row.id))
    session.delete(row)
    session.flush()


def begin_with(session: Session, actor: Actor, _now: datetime, view_id: str | None) -> None:
    """The view that the actor's queue opens with; None for what it opens with by itself. Raises `NotFound`."""
    if view_id is not None:
        _seen(session, actor, view_id)
    session.execute(delete(FirstView).where(FirstView.person_id == actor.id))
    if view_id is not None:
        session.add(FirstView(person_id=actor.id, view_id=view_id))
        session.flush()


def _named(session: Session, name: str, whose: ColumnElement[bool]) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise ViewRefused("name")
    if session.scalar(select(SavedView.id).where(whose, SavedView.name == plain).limit(1)):
        raise ViewRefused("taken")
    return plain


def _whose(actor: Actor, office: str | None) -> ColumnElement[bool]:
    """Among which views a name is unique: those of the office, or the person's own."""
    if office is not None:
        return SavedView.office == office
    return and_(SavedView.office.is_(None), SavedView.person_id == actor.id)


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    offices = offices_where(actor, "case.read") | offices_where(actor, SHARE)
    shared = SavedView.office.is_not(None) if "*" in offices else SavedView.office.in_(sorted(offices))
    return or_(_whose(actor, None), shared)


def _seen(session: Session, actor: Actor, view_id: str) -> SavedView:
    row = session.scalar(select(SavedView).where(SavedView.id == view_id, _seen_by(actor)))
    if row is None:
        raise NotFound(view_id)
    return row


def _own(session: Session, actor: Actor, view_id: str) -> SavedView:
    row = _seen(session, actor, view_id)
    if not _may_change(actor, row):
        raise NotFound(view_id)
    return row


def _may_change(actor: Actor, row: SavedView) -> bool:
    return row.person_id == actor.id if row.office is None else may(actor, SHARE, row.office)
