"""A case at every status, led there through the services alone."""

from engine.lifecycle import Event, Status, Who
from procedures import applications, decisions, lifecycle
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.decisions import Hearing
from tests.procedures.corrections.conftest import CorrectionDesk

S = Status


def cases(desk: CorrectionDesk) -> dict[Status, str]:
    """One at each status."""
    found = {
        S.DRAFT: desk.draft(),
        S.AWAITING_FEE: desk.submitted("permit"),
        S.RECEIVED: desk.received(),
        S.IN_REVIEW: desk.claimed(),
        S.CORRECTION_REQUESTED: desk.asked(("name",)),
        S.DECISION_PROPOSED: desk.proposed()[0],
        S.AWAITING_ISSUE_FEE: _approved(desk, desk.kennel()),
        S.APPROVED: _approved(desk, desk.claimed()),
        S.REFUSED: _refused(desk),
        S.REVOKED: _revoked(desk),
        S.WITHDRAWN: desk.received(),
        S.LAPSED: desk.asked(("name",)),
    }
    desk.do(applications.withdraw, desk.people.hanako, found[S.WITHDRAWN], None)
    move(desk.database, desk, found[S.LAPSED], Event.LAPSE)
    return found


def move(database: Database, desk: CorrectionDesk, case: str, event: Event) -> None:
    with database.write() as session:
        lifecycle.apply(session, SYSTEM, desk.now, case, event, who=Who.SYSTEM)


def _approved(desk: CorrectionDesk, case: str) -> str:
    proposal = desk.do(decisions.propose, desk.people.sato, case, "approve", (), "")
    desk.approve(case, proposal)
    return case


def _refused(desk: CorrectionDesk) -> str:
    case, proposal = desk.proposed("refuse", ("R1",))
    desk.approve(case, proposal)
    return case


def _revoked(desk: CorrectionDesk) -> str:
    case = _approved(desk, desk.claimed())
    hearing = Hearing("asked_for")
    proposal = desk.do(decisions.propose_revocation, desk.people.sato, case, ("R1",), "申出による取消し", hearing)
    desk.do(decisions.confirm, desk.people.suzuki, case, proposal)
    return case
