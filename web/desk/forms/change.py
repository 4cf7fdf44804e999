"""The form that proposes to revoke a decision, or to take a case up again: what was chosen and written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.model import Procedure
from engine.words import say
from procedures.decisions import Change, Hearing
from procedures.decisions.changing import HEARD
from web.forms.plain_text import plain_lines

LONGEST_TEXT = 2_000
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """`how`, `on` and `note` say how the holder was heard; they are asked for a revocation alone."""

    change: Change
    codes: tuple[str, ...] = ()
    text: str = ""
    how: str = ""
    on: str = ""
    note: str = ""

    @property
    def day(self) -> date | None:
        """The day of the hearing, if it is one."""
        try:
            return date.fromisoformat(self.on.strip())
        except ValueError:
            return None

    @property
    def hearing(self) -> Hearing:
        """As the service takes it; only of a form without problems."""
        how = next(one for one in HEARD if one == self.how)
        return Hearing(how, self.day if how in {"hearing", "explanation"} else None, self.note)

    def problems(self, procedure: Procedure, language: str, today: date) -> list[tuple[str, str]]:
        """Every problem as (link to its question, words), in the order of the page."""
        return [(href, say(f"desk.change_error_{key}", language)) for href, key in self._problems(procedure, today)]

    def _problems(self, procedure: Procedure, today: date) -> Iterator[tuple[str, str]]:
        if self.change == "revoke":
            known = [reason.code for reason in procedure.review.refusal_reasons] if procedure.review else []
            if not self.codes or set(self.codes) - set(known):
                yield (f"#reason-{known[0]}" if known else "#text"), "reasons"
        if not self.text or len(self.text) > LONGEST_TEXT:
            yield "#text", "text"
        if self.change != "revoke":
            return
        if self.how not in HEARD:
            yield "#how-hearing", "heard"
        elif self.how in {"hearing", "explanation"} and (self.day is None or self.day > today):
            yield "#on", "day"
        if len(self.note) > LONGEST_NOTE or (self.how == "exempt" and not self.note):
            yield "#heard-note", "note"


def read_change(change: Change, form: "Mapping[str, Any]") -> ChangeForm:
    """What a browser sent (a MultiDict)."""
    codes = tuple(dict.fromkeys(form.getlist("reason")))
    text, note = plain_lines(form.get("text", "")), plain_lines(form.get("note", ""))
    return ChangeForm(change, codes, text, form.get("how", ""), form.get("on", ""), note)
