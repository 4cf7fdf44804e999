"""A batch as its pages show it: what became of each case, in words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.words import say
from procedures.actors import Actor
from procedures.assigning import colleagues, presence
from procedures.assigning.colleagues import Colleague
from procedures.authority import may
from procedures.batches.reading import Line, View
from procedures.batches.results import DONE
from procedures.models import Application
from web.pages.rendering import show_moment


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with what became of it; `tone` is good, bad or empty (it waits)."""

    line: Line
    words: str
    tone: str


def outcomes(view: View, language: str) -> list[Outcome]:
    """Every case, those to which it was not done first: they need somebody."""
    found = [_outcome(view, line, language) for line in view.lines]
    return sorted(found, key=lambda one: {"bad": 0, "": 1, "good": 2}[one.tone])


def _outcome(view: View, line: Line, language: str) -> Outcome:
    if line.result is None:
        return Outcome(line, say("desk.batch_result_waits", language), "")
    if line.result == DONE:
        return Outcome(line, say(f"desk.batch_done_{view.kind}", language), "good")
    facts = dict(line.facts)
    if "at" in facts:
        facts["moment"] = show_moment(datetime.fromisoformat(facts.pop("at")), language)
    if "status" in facts:
        facts["status"] = say(f"status.{facts['status']}", language)
    return Outcome(line, say(f"desk.batch_result_{line.result}", language, **facts), "bad")


def groups(view: View) -> list[tuple[str, str, int]]:
    """What is going to be decided: procedure (its digest), outcome, how many; the most first."""
    counted = Counter(
        (line.procedure.digest, line.outcome)
        for line in view.known
        if line.outcome and not line.own and line.procedure is not None
    )
    return [(digest, outcome, count) for (digest, outcome), count in counted.most_common()]


def people_for(session: Session, actor: Actor, view: View) -> list[Colleague]:
    """The clerks of every office that these cases are with, as far as the actor may assign there."""
    ids = [line.application_id for line in view.known]
    offices = {row.office for row in session.query(Application.office).filter(Application.id.in_(ids)).distinct()}
    circles = [colleagues.of_office(session, office) for office in offices if may(actor, "case.assign", office)]
    if not circles:
        return []
    shared = set.intersection(*({one.id for one in circle} for circle in circles))
    return [one for one in circles[0] if one.id in shared]


def away(session: Session, people: list[Colleague], day: date) -> frozenset[str]:
    """Those of them who are not there today."""
    return presence.absent(session, (one.id for one in people), day)
