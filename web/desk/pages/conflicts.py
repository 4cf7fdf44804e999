"""What to tell somebody whose action came too late, in the words of the catalogue."""

from dataclasses import dataclass
from datetime import datetime

from engine.examining import Missing
from engine.words import say
from procedures.errors import (
    AlreadyDecided,
    Conflict,
    NotGrantable,
    ProposalChanged,
    SamePerson,
    TransitionRefused,
    WaiverUndecided,
)
from procedures.examining.completing import ExaminationIncomplete
from web.pages.rendering import show_moment

Refusal = (
    AlreadyDecided
    | Conflict
    | ExaminationIncomplete
    | NotGrantable
    | ProposalChanged
    | SamePerson
    | TransitionRefused
    | WaiverUndecided
)
REFUSALS = (
    AlreadyDecided,
    Conflict,
    ExaminationIncomplete,
    NotGrantable,
    ProposalChanged,
    SamePerson,
    TransitionRefused,
    WaiverUndecided,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A wording with who did it and when, where that is known; `status` is where the case stands."""

    key: str
    name: str | None = None
    at: datetime | None = None
    status: str | None = None
    titles: tuple[Missing, ...] = ()

    def words(self, language: str) -> str:
        """The wording in `language`."""
        facts: dict[str, str] = {}
        if self.name is not None:
            facts["name"] = self.name
        if self.at is not None:
            facts["moment"] = show_moment(self.at, language)
        if self.status is not None:
            facts["status"] = say(f"status.{self.status}", language)
        if self.titles:
            facts["what"] = say("answers.list_comma", language).join(
                one.what.title.say(language) for one in self.titles
            )
        return say(self.key, language, **facts)


PLAIN = {SamePerson: "desk.next_own_proposal", WaiverUndecided: "desk.waiver_undecided"}
STALE = Told("desk.stale")


def told(refusal: Refusal) -> Told:
    """The wording for what a service refused."""
    match refusal:
        case AlreadyDecided():
            return Told("desk.already_decided", refusal.by, refusal.at)
        case Conflict():
            return Told("desk.already_moved", refusal.who, refusal.when)
        case SamePerson() | WaiverUndecided():
            passed = isinstance(refusal, SamePerson) and refusal.passed
            return Told("desk.next_passed" if passed else PLAIN[type(refusal)])
        case ExaminationIncomplete():
            return Told("desk.examination_incomplete", titles=refusal.missing)
        case TransitionRefused():
            return Told("desk.not_possible", status=refusal.source)
        case ProposalChanged() | NotGrantable():
            return STALE
