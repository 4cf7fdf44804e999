"""The automatic checks of the procedure on what was submitted: which passed, which did not, and why."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.journey import walk
from engine.judging import Judged, judge
from engine.model import Field, Procedure
from engine.validation import check_submission
from procedures.days import tokyo_day
from web.corrections.words import lines
from web.desk.panels import Look


@dataclass(frozen=True, slots=True)
class Told:
    """One check in words. `about` names the item of a list; `looked_at` are questions with their answers."""

    kind: str
    state: str
    condition: str
    told: str
    law: str | None
    about: str
    looked_at: tuple[tuple[str, str], ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """All of them in the order of the steps; `wrong` says what the form itself would refuse about the answers."""

    all: tuple[Told, ...]
    wrong: tuple[str, ...]

    @property
    def noticed(self) -> tuple[Told, ...]:
        """What a clerk has to look at."""
        return tuple(one for one in self.all if one.state != "passed")

    @property
    def passed(self) -> tuple[Told, ...]:
        """The others."""
        return tuple(one for one in self.all if one.state == "passed")


def read(_session: Session, look: Look) -> Checks:
    """Worked out anew from the frozen submission, under its own version, as of the day of submission."""
    case, language = look.case, look.language
    day = tokyo_day(case.submitted_at)
    names = {file.id: file.name for file in case.files}
    told = tuple(_told(case.procedure, one, names, language) for one in judge(walk(case.procedure, case.answers, day)))
    failures = check_submission(case.procedure, case.answers, day)
    return Checks(told, tuple(dict.fromkeys(failure.say(language) for failure in failures)))


def _told(procedure: Procedure, one: Judged, names: dict[str, str], language: str) -> Told:
    about = f"{one.listed.title.say(language)} {one.number}" if one.listed else ""
    return Told(
        one.kind,
        one.state,
        one.in_words(procedure, language),
        one.told.say(language),
        one.law,
        about,
        tuple((field.title.say(language), _shown(field, answer, names, language)) for field, answer in one.looked_at),
        tuple(field.title.say(language) for field in one.open),
    )


def _shown(field: Field, answer: object, names: dict[str, str], language: str) -> str:
    return " / ".join(lines(field, answer, names, language))
