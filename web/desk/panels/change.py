"""What can be proposed of a decided case, or what of that waits to be confirmed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from procedures.authority import may
from procedures.cases import ProposalView
from procedures.decisions import CHANGES
from procedures.letters import IssuedLetter, letters
from web.desk.pages.case import open_proposal
from web.desk.panels import Look


@dataclass(frozen=True, slots=True)
class Changes:
    """`waits` is proposed already; `own`: by this person; `confirms`: they may confirm it. `letters` were issued."""

    waits: ProposalView | None
    own: bool
    confirms: bool
    letters: tuple[IssuedLetter, ...]


def read(session: Session, look: Look) -> Changes:
    """One statement where something was decided; else none."""
    proposal = open_proposal(look.case)
    waits = proposal if proposal and proposal.outcome in CHANGES else None
    own = bool(waits and waits.by_id == look.actor.id)
    confirms = bool(waits) and not own and may(look.actor, "case.decide", look.case.office)
    decided = any(one.state == "decided" for one in look.case.proposals)
    return Changes(waits, own, confirms, letters(session, look.case.application_id) if decided else ())
