"""The form by which an applicant is given more time to correct: until when, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.words import say
from procedures.corrections.extending import LONGEST_WHY
from procedures.corrections.requesting import LONGEST
from web.forms.plain_text import plain_lines


@dataclass(frozen=True, slots=True)
class ExtensionForm:
    """What was chosen and written; `due` is as it was typed."""

    due: str
    why: str

    @property
    def due_on(self) -> date | None:
        """The day, if it is one."""
        try:
            return date.fromisoformat(self.due.strip())
        except ValueError:
            return None

    def problems(self, before: date, today: date, language: str) -> list[tuple[str, str]]:
        """Every problem as (link to its question, words)."""
        found, day = [], self.due_on
        if day is None or not max(before, today) < day <= today + LONGEST:
            least = (max(before, today) + timedelta(days=1)).isoformat()
            found.append(("#until", say("desk.correction_error_due", language, least=least)))
        if not self.why:
            found.append(("#extend-why", say("desk.extension_error_why", language)))
        elif len(self.why) > LONGEST_WHY:
            length = f"{len(self.why):,}"
            found.append(("#extend-why", say("desk.correction_error_why_long", language, length=length)))
        return found


def read_extension(form: Mapping[str, Any]) -> ExtensionForm:
    """What a browser sent."""
    return ExtensionForm(form.get("due", ""), plain_lines(form.get("why", "")))
