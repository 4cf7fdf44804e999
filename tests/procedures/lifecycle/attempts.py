"""Everybody tries everything: through the service that people use, in a transaction that is taken back."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Status, TransitionRefused, Who
from procedures import applications, cases, decisions, lifecycle, submissions
from procedures.actors import SYSTEM, Actor
from procedures.corrections import requesting, resubmitting
from procedures.corrections.kept import Mark
from procedures.decisions import Hearing
from procedures.models import Application, AuditEvent, Base, Job, Proposal, StatusHistory
from tests.procedures.corrections.conftest import CorrectionDesk
from tests.procedures.lifecycle.people import KINDS

E = Event
DUE = date(2026, 6, 1)
BY_STAFF = {E.ENDORSE, E.STEP_BACK}
BY_PROPOSAL = {E.SEND_BACK, E.APPROVE, E.REFUSE}
SETTING_UP = {E.REFUSE, E.REVOKE, E.REOPEN}
"""For these something is laid on the table first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: what refused it, and whether anything was written; if so, the status and the newest history."""

    status: Status | None
    refused: str | None
    written: bool
    history: tuple[str, str, str, str] | None


class Undone(Exception):
    """Takes the transaction back."""


class Trial:
    """Tries an event as somebody. Nothing that is tried stays."""

    def __init__(self, desk: CorrectionDesk, standing: dict[Status, str]) -> None:
        self.desk, self.standing = desk, standing
        self.now = desk.now

    def attempts(self, kind: str, source: Status, events: Iterable[Event]) -> dict[Event, Outcome]:
        """What comes of each event when this kind of person lets it happen to a case that stands at `source`.

        One after the other in one transaction: only the last may be possible, since what is refused leaves no trace.
        """
        found: dict[Event, Outcome] = {}
        with suppress(Undone), self.desk.database.write() as session:
            for event in sorted(events, key=SETTING_UP.__contains__):
                found[event] = self._attempt(session, KINDS[kind], self.standing[source], event)
            raise Undone
        return found

    def _attempt(self, session: Session, actor: Actor, case: str, event: Event) -> Outcome:
        call = self._call(session, actor, case, event)
        session.flush()
        before, refused = traces(session), None
        try:
            call()
        except Exception as error:
            if type(error).__module__ not in {"procedures.errors", TransitionRefused.__module__}:
                raise
            refused = type(error).__name__
        session.flush()
        written = traces(session) != before
        return self._outcome(session, case, refused) if written else Outcome(None, refused, written, None)

    def desk_status(self, case: str) -> Status:
        """Where a case stands."""
        with self.desk.database.read() as session:
            return Status(session.execute(select(Application.status).where(Application.id == case)).scalar_one())

    def _outcome(self, session: Session, case: str, refused: str | None) -> Outcome:
        status = session.execute(select(Application.status).where(Application.id == case)).scalar_one()
        newest = select(StatusHistory).where(StatusHistory.application_id == case).order_by(StatusHistory.id.desc())
        row = session.execute(newest.limit(1)).scalar_one_or_none()
        history = (row.source, row.event, row.target, row.who) if row else None
        return Outcome(Status(status), refused, True, history)

    def _call(self, session: Session, actor: Actor, case: str, event: Event) -> Callable[[], object]:
        """The call of the service, with what has to lie on the table before."""
        now = self.now

        def applied(who: Who) -> Callable[[], object]:
            return lambda: lifecycle.apply(session, actor, now, case, event, who=who)

        if actor is SYSTEM or event in {E.PAY, E.WAIVE, E.UNPAY, E.LAPSE}:
            return applied(Who.SYSTEM)
        if event is E.CLAIM and "manager" in actor.roles:  # by giving it to somebody
            return applied(Who.MANAGER)
        if event in BY_STAFF:  # the stages of a decision; their services ask the table in these capacities
            return applied(Who.CLERK if "clerk" in actor.roles else Who.APPROVER)
        if event in {E.REVOKE, E.REOPEN}:
            proposal = self._change(session, case, event)
            return lambda: decisions.confirm(session, actor, now, case, proposal)
        marks = [Mark(("name",), "読み取れません。")]
        proposal = self._proposal(session, case) if event in BY_PROPOSAL else ""
        calls: dict[Event, Callable[[], object]] = {
            E.SUBMIT: lambda: submissions.submit(session, actor, now, case, 2, "seen"),
            E.CLAIM: lambda: cases.claim(session, actor, now, case),
            E.REQUEST_CORRECTION: lambda: requesting.request(session, actor, now, case, marks, "", DUE),
            E.RESUBMIT: lambda: resubmitting.resubmit(session, actor, now, case, 1, "seen", "このままです。"),
            E.RESUME: lambda: requesting.take_back(session, actor, now, case),
            E.PROPOSE: lambda: decisions.propose(session, actor, now, case, "approve", (), ""),
            E.SEND_BACK: lambda: decisions.send_back(session, actor, now, case, proposal, "もう一度"),
            E.APPROVE: lambda: decisions.approve(session, actor, now, case, proposal),
            E.REFUSE: lambda: decisions.approve(session, actor, now, case, self._refusal(session, proposal)),
            E.WITHDRAW: lambda: applications.withdraw(session, actor, now, case, None),
        }
        if event is E.REFUSE:
            self._refusal(session, proposal)
        return calls[event]

    def _proposal(self, session: Session, case: str) -> str:
        query = select(Proposal.id).where(Proposal.application_id == case).order_by(Proposal.proposed_at.desc())
        return session.execute(query.limit(1)).scalar_one_or_none() or "none"

    def _refusal(self, session: Session, proposal: str) -> str:
        """The proposal as one to refuse."""
        row = session.get(Proposal, proposal)
        if row is not None:
            row.outcome, row.reason_codes = "refuse", ["R1"]
        return proposal

    def _change(self, session: Session, case: str, event: Event) -> str:
        """Sato proposes it where that is possible."""
        sato = KINDS["clerk with the case"]
        try:
            if event is E.REVOKE:
                hearing = Hearing("asked_for")
                return decisions.propose_revocation(session, sato, self.now, case, ("R1",), "申出", hearing)
            return decisions.propose_reopening(session, sato, self.now, case, "もう一度")
        except (TransitionRefused, lifecycle.NotFound):
            return "none"


def traces(session: Session) -> tuple[Any, ...]:
    """What is written, so that any row that was added, changed or removed shows.

    SQLite itself counts every change of a row; elsewhere rows are counted, and cases compared.
    """
    driver = session.connection().connection.driver_connection
    if hasattr(driver, "total_changes"):
        return (driver.total_changes,)
    tables = (select(func.count()).select_from(table).scalar_subquery() for table in Base.metadata.sorted_tables)
    counts = session.execute(select(*tables)).one()
    rows = session.execute(select(Application.__table__).order_by(Application.id)).all()
    jobs = session.execute(select(Job.id, Job.state).order_by(Job.id)).all()
    audited = session.execute(select(func.max(AuditEvent.seq))).scalar_one()
    return (*counts, audited, *map(tuple, rows), *map(tuple, jobs))
