"""The form of a request for correction: what was marked, why, by when; read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.correcting import Place
from engine.digits import whole
from engine.model import Procedure
from engine.words import say
from procedures.corrections.kept import Mark
from procedures.corrections.requesting import LONGEST, earliest_day
from web.forms.plain_text import plain_lines

LONGEST_WHY = 1_000
LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Marked:
    """One place as the clerk marked it: the number of a ready-made reason ("" for none) and words of their own."""

    key: str
    place: Place
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """What was chosen and written; `due` is as it was typed."""

    marked: tuple[Marked, ...] = ()
    words: str = ""
    due: str = ""

    @property
    def due_on(self) -> date | None:
        """The day, if it is one."""
        try:
            return date.fromisoformat(self.due.strip())
        except ValueError:
            return None

    def marks(self, procedure: Procedure, language: str) -> list[Mark]:
        """What is asked for, in the applicant's language where the procedure has the reason ready."""
        return [Mark(one.place, _why(one, procedure, language)) for one in self.marked]

    def problems(self, procedure: Procedure, today: date, language: str) -> list[tuple[str, str]]:
        """Every problem as (link to its question, words)."""
        found = [(href, say(key, language, **facts)) for href, key, facts in self._about_marks(procedure)]
        if len(self.words) > LONGEST_WORDS:
            found.append(("#words", say("desk.correction_error_words", language, length=f"{len(self.words):,}")))
        day = self.due_on
        if day is None or not earliest_day(today) <= day <= today + LONGEST:
            least = earliest_day(today).isoformat()
            found.append(("#due", say("desk.correction_error_due", language, least=least)))
        return found

    def _about_marks(self, procedure: Procedure) -> Sequence[tuple[str, str, dict[str, Any]]]:
        if not self.marked and not self.words:
            return [("#marks", "desk.correction_error_nothing", {})]
        found: list[tuple[str, str, dict[str, Any]]] = []
        for one in self.marked:
            if not _why(one, procedure, "ja"):
                found.append((f"#why-{one.key}", "desk.correction_error_why", {}))
            elif len(one.words) > LONGEST_WHY:
                found.append((f"#why-{one.key}", "desk.correction_error_why_long", {"length": f"{len(one.words):,}"}))
        return found


def read_correction(form: "Mapping[str, Any]", places: Mapping[str, Place]) -> CorrectionForm:
    """What a browser sent (a MultiDict). `places` are those that can be marked, by their key on the page."""
    marked = tuple(
        Marked(key, places[key], form.get(f"reason.{key}", ""), plain_lines(form.get(f"why.{key}", "")))
        for key in dict.fromkeys(form.getlist("mark"))
        if key in places
    )
    return CorrectionForm(marked, plain_lines(form.get("words", "")), form.get("due", ""))


def _why(one: Marked, procedure: Procedure, language: str) -> str:
    reasons = procedure.review.correction.reasons if procedure.review else ()
    number = whole(one.reason, len(reasons) - 1)
    ready = reasons[number].say(language) if number is not None else ""
    return "\n".join(part for part in (ready, one.words) if part)
