"""Transfer (移送): a case goes to another office, with a reason; its clock goes on."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures import notices
from procedures.actors import Actor
from procedures.assigning import arriving, colleagues, hands, moves, telling
from procedures.authority import may
from procedures.errors import Conflict
from procedures.models import Application
from procedures.people import offices
from procedures.reading.names import names_of
from procedures.searching.remembering import moved


class TransferRefused(Exception):
    """A case cannot go there: `what` is same (it is there), office (there is none such), nobody (no clerk is there)."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"the case cannot go there: {what}")


def transfer(session: Session, actor: Actor, now: datetime, application_id: str, office: str, reason: str) -> None:
    """Hand the case to another office, as its clerk (whose it is, or nobody's) or as the office's manager.

    Nobody has it there at first; status, submission and due day stay. The applicant is told which office it is now,
    and whoever had it. Raises `NotFound`, `ReasonRefused`, `TransferRefused`, `Conflict` (a colleague has it),
    `TransitionRefused` where a decision is proposed or made.
    """
    words = moves.checked(reason)
    case = hands.locked(session, actor, application_id, "case.transfer")
    hands.require_held(case)
    if case.claimed_by not in {None, actor.id} and not may(actor, "case.transfer_any", case):
        name = names_of(session, [case.claimed_by]).get(case.claimed_by, case.claimed_by)
        raise Conflict(name, case.claimed_at)
    _check_office(session, case, office)
    telling.tell(session, now, actor, case.claimed_by)
    hands.hold(session, now, application_id, None, office=office)
    moved(session, application_id, office)
    _tell_applicant(session, now, application_id, office)
    if Status(case.status) in hands.WITH_A_CLERK:
        arriving.arrived(session, now, application_id)
    moves.write(session, actor, now, case, "transferred", to_office=office, reason=words)


def possible(session: Session, office: str) -> list[offices.Known]:
    """The offices to which a case of this one can go: where somebody examines cases."""
    return [one for one in offices.all_known(session) if one.id != office and colleagues.of_office(session, one.id)]


def _check_office(session: Session, case: Row[Any], office: str) -> None:
    if office == case.office:
        raise TransferRefused("same")
    if all(office != known.id for known in offices.all_known(session)):
        raise TransferRefused("office")
    if not colleagues.of_office(session, office):
        raise TransferRefused("nobody")


def _tell_applicant(session: Session, now: datetime, application_id: str, office: str) -> None:
    language = session.execute(select(Application.language).where(Application.id == application_id)).scalar_one()
    notices.queue(session, now, "transferred", application_id, office=offices.name_of(session, office, language))
