"""Why the case is here and whose it was: the spec's rule for the office, moves with their reasons, who is away."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.explain import why_office
from procedures.assigning import moves, presence
from procedures.assigning.moves import Move
from procedures.assigning.presence import Away
from procedures.days import tokyo_day
from web.desk.assigning.ways import Way, open_to
from web.desk.panels import Look


@dataclass(frozen=True, slots=True)
class Assigning:
    """`why` is in words, empty where the procedure names one office; `away` is set while whoever has it is away."""

    why: str
    moves: tuple[Move, ...]
    away: Away | None
    ways: list[Way]

    @property
    def transferred(self) -> Move | None:
        """How it came to this office, if it did not come here at first."""
        return next((move for move in reversed(self.moves) if move.kind == "transferred"), None)


def read(session: Session, look: Look) -> Assigning:
    """Two statements, three where somebody has the case; the rule follows from the answers that were sent."""
    case, today = look.case, tokyo_day(look.now)
    away = presence.away_now(session, case.claimed_by_id, today) if case.claimed_by_id else None
    why = why_office(case.procedure, case.answers, tokyo_day(case.submitted_at), look.language)
    return Assigning(why, moves.of_case(session, case.application_id), away, open_to(case, look.actor))
