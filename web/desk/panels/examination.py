"""What staff fill in and tick off in this case, and what is still missing before it goes on."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from procedures.examining.completing import asks, left_to_do
from procedures.examining.entries import NOTHING, record_of
from procedures.examining.saving import OPEN_WHILE
from web.desk.pages.examination import Desk, desks
from web.desk.panels import Look


@dataclass(frozen=True, slots=True)
class Examination:
    """The stages; `missing` are the titles of what the stage that is worked on now still needs."""

    desks: tuple[Desk, ...]
    missing: tuple[str, ...]


def read(session: Session, look: Look) -> Examination:
    """One statement where the procedure asks anything of staff; none otherwise."""
    case = look.case
    if not asks(case.procedure):
        return Examination((), ())
    record = record_of(session, case.application_id, case.round) if case.round else NOTHING
    role = next((role for role, status in OPEN_WHILE.items() if status == case.status), None)
    proposal = next((one for one in case.proposals if one.state == "open"), None)
    wanted = proposal is None or proposal.outcome != "refuse"
    missing = (
        left_to_do(case.procedure, case.answers, record, case.submitted_at, look.now, role, fields=wanted)
        if role
        else ()
    )
    return Examination(
        desks(case, record, look.actor, look.now, look.language),
        tuple(one.what.title.say(look.language) for one in missing),
    )
