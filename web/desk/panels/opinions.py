"""The opinions of other offices on a case."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engine.lifecycle import FINAL
from procedures.asides.reading import Opinion, opinions_of
from procedures.authority import may
from procedures.days import tokyo_day
from web.desk.panels import Look


@dataclass(frozen=True, slots=True)
class Opinions:
    """All of them, oldest first; `may_ask`: this person may ask and take back."""

    all: tuple[Opinion, ...]
    may_ask: bool
    today: date


def read(session: Session, look: Look) -> Opinions:
    """One statement."""
    case = look.case
    may_ask = may(look.actor, "opinion.ask", case) and case.status not in FINAL
    return Opinions(opinions_of(session, case.application_id), may_ask, tokyo_day(look.now))
