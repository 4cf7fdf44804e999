"""The cases that somebody is to be told of: due soon, late, or nobody's for too long; and not told of already."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlalchemy.orm import Session

from engine.calendar import add_business_days, business_days_before
from engine.lifecycle import Status
from procedures.actors import EVERYWHERE
from procedures.days import TOKYO, tokyo_day
from procedures.models import Application, Escalation
from procedures.reading.queues import WITH_OFFICE

Kind = Literal["due_soon", "late", "unclaimed"]
KINDS: tuple[Kind, ...] = ("late", "unclaimed", "due_soon")
"""In the order in which a digest names them."""

AT_MOST = 2_000
"""How many cases one digest takes on; what is more waits for the next."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Rules:
    """When to tell whom, in business days; 0 switches either off.

    The assigned clerk is told `due_soon` days before the last day, the managers when nobody has taken a case for
    `unclaimed` days, and when it is late.
    """

    due_soon: int = 3
    unclaimed: int = 3


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell: `key` is `person:…` or `office:…`, `offices` are those whose manager they are (or the office)."""

    key: str
    clerk: str | None = None
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class News:
    """A case to tell of: about which day, and how many weeks after it."""

    application_id: str
    kind: Kind
    about: date
    again: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases there are of a kind in all, told of or not."""

    kind: Kind
    total: int


def news_for(session: Session, recipient: Recipient, rules: Rules, now: datetime) -> list[News]:
    """What this recipient has not been told yet, late cases first, the most urgent first in each kind."""
    found: list[News] = []
    today = tokyo_day(now)
    for kind in KINDS:
        condition = _condition(kind, recipient, rules, today)
        if condition is None:
            continue
        about = Application.status_changed_at if kind == "unclaimed" else Application.due_on
        query = select(Application.id, about.label("about")).where(condition).order_by(about, Application.id)
        for row in session.execute(query.where(_untold(kind, recipient, today)).limit(AT_MOST - len(found))):
            day = row.about if kind != "unclaimed" else tokyo_day(row.about)
            found.append(News(row.id, kind, day, _week(day, today) if kind == "late" else 0))
    return found


def totals_for(session: Session, recipient: Recipient, rules: Rules, now: datetime) -> list[Standing]:
    """How many cases of each kind there are."""
    conditions = [(kind, _condition(kind, recipient, rules, tokyo_day(now))) for kind in KINDS]
    return [
        Standing(kind, session.execute(select(func.count()).select_from(Application).where(condition)).scalar_one())
        for kind, condition in conditions
        if condition is not None
    ]


def _condition(kind: Kind, recipient: Recipient, rules: Rules, today: date) -> ColumnElement[bool] | None:
    """Which cases are of this kind for this recipient; None where it is not for them."""
    if kind == "due_soon":
        if recipient.clerk is None or not rules.due_soon:
            return None
        return and_(
            Application.claimed_by == recipient.clerk,
            Application.status.in_((Status.IN_REVIEW, Status.DECISION_PROPOSED)),
            Application.due_on.between(today, add_business_days(today, rules.due_soon)),
        )
    if not recipient.offices or (kind == "unclaimed" and not rules.unclaimed):
        return None
    mine = literal(True) if EVERYWHERE in recipient.offices else Application.office.in_(sorted(recipient.offices))  # noqa: FBT003
    if kind == "late":
        return and_(mine, Application.status.in_(WITH_OFFICE), Application.due_on < today)
    since = datetime.combine(business_days_before(today, rules.unclaimed), datetime.min.time(), TOKYO)
    return and_(
        mine,
        Application.status == Status.RECEIVED,
        Application.claimed_by.is_(None),
        Application.status_changed_at < since + timedelta(days=1),
    )


def _untold(kind: Kind, recipient: Recipient, today: date) -> ColumnElement[bool]:
    """Not told: of this day; for a late case also not within a week; of a case that nobody has, ever."""
    told = select(Escalation.application_id).where(
        Escalation.application_id == Application.id, Escalation.recipient == recipient.key, Escalation.kind == kind
    )
    if kind == "due_soon":
        told = told.where(Escalation.about == Application.due_on)
    if kind == "late":
        midnight = datetime.combine(today, datetime.min.time(), TOKYO)
        told = told.where(
            Escalation.about == Application.due_on, Escalation.told_at >= midnight - timedelta(days=WEEK - 1)
        )
    return ~told.exists()


def _week(due_on: date, today: date) -> int:
    """Whole weeks since the day after the last one."""
    return (today - due_on - timedelta(days=1)).days // WEEK
