"""The queue as its template needs it: tabs with counts, lines with what is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.calendar import business_days_between
from engine.lifecycle import Status
from engine.model import Text
from engine.words import say
from procedures.actors import Actor
from procedures.authority import may, may_somewhere
from procedures.cases import QueueFilter, QueueRow, Scope
from procedures.reading.counting import MOST
from web.desk.pages.filters import Refused, query_of

TABS: tuple[Scope, ...] = (
    "mine",
    "unassigned",
    "message",
    "waiver",
    "approval",
    "with_applicant",
    "late",
    "open",
    "closed",
    "all",
)
SOON = 2  # business days
CLAIMABLE = frozenset({Status.RECEIVED, Status.IN_REVIEW})
WITH_OFFICE = frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.DECISION_PROPOSED})


@dataclass(frozen=True, slots=True)
class Due:
    """By when a case is due. `days` are business days of Tokyo: left, or past when `urgency` is late."""

    on: date
    urgency: str  # late | today | soon | calm
    days: int


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `count` is of all its cases, whatever the list is narrowed by, or "1,000+" where there are more.

    `query` keeps what the list is narrowed by.
    """

    key: Scope
    count: str
    current: bool
    query: str


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the queue."""

    id: str
    reference: str
    procedure: Text
    status: Status
    submitted_at: datetime
    due: Due | None
    owner: str | None
    claimable: bool
    correct_by: date | None
    corrected: bool
    message_since: datetime | None
    waiver_by: date | None

    @property
    def undecided(self) -> bool:
        """Whether the fee waits for a reduction to be decided."""
        return self.status is Status.AWAITING_FEE and self.waiver_by is not None


def tabs(filters: QueueFilter, totals: Mapping[Scope, int]) -> list[Tab]:
    """The tabs, with the one that is shown."""
    return [Tab(key, counted(totals[key]), key == filters.scope, query_of(filters, scope=key)) for key in TABS]


def counted(count: int) -> str:
    """A number that was counted up to a limit, as it is shown."""
    return f"{MOST:,}+" if count > MOST else f"{count:,}"


def told(refused: Iterable[Refused], language: str) -> list[tuple[str, str]]:
    """What was left out of the filter, as (link to the input, words)."""
    return [(f"#{one.name}", say(one.key, language, text=one.typed)) for one in refused]


def due(on: date | None, status: Status, today: date) -> Due | None:
    """How urgent a case is; None for one without a day, or with nothing left for the office to do."""
    if on is None or status not in WITH_OFFICE:
        return None
    if on < today:
        return Due(on, "late", business_days_between(on, today))
    if on == today:
        return Due(on, "today", 0)
    days = business_days_between(today, on)
    return Due(on, "soon" if days <= SOON else "calm", days)


def line(row: QueueRow, actor: Actor, today: date) -> Line:
    """A row of the queue for this actor."""
    return Line(
        id=row.application_id,
        reference=row.reference,
        procedure=row.procedure.title,
        status=row.status,
        submitted_at=row.submitted_at,
        due=_due(row, today),
        owner=row.claimed_by,
        claimable=row.status in CLAIMABLE and row.claimed_by is None and may(actor, "case.claim", row.office),
        correct_by=row.correct_by,
        corrected=row.round > 1 and row.status in WITH_OFFICE,
        message_since=row.message_since,
        waiver_by=row.waiver_by,
    )


def _due(row: QueueRow, today: date) -> Due | None:
    """Before the fee is demanded, what is due is the decision on the reduction."""
    if row.status is Status.AWAITING_FEE and row.waiver_by is not None:
        return due(row.waiver_by, Status.RECEIVED, today)
    return due(row.due_on, row.status, today)


def first_tab(actor: Actor, totals: Mapping[Scope, int]) -> Scope:
    """What somebody sees who asked for no tab: their own work, else what waits for somebody like them."""
    if totals.get("mine"):
        return "mine"
    if may_somewhere(actor, "case.decide") and (totals.get("approval") or not may_somewhere(actor, "case.claim")):
        return "approval"
    return "unassigned"
