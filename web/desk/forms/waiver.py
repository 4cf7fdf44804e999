"""The form of a decision on a reduction: what was chosen and written, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.digits import whole
from engine.model import Waiver
from engine.words import say
from procedures.waiving.deciding import LONGEST_TEXT, Choice
from web.forms.plain_text import plain_lines

MOST_PERCENT = 100


@dataclass(frozen=True, slots=True)
class WaiverForm:
    """What was chosen; `percent` is None while nothing is, or what is no choice."""

    percent: int | None = None
    codes: tuple[str, ...] = ()
    text: str = ""

    @property
    def choice(self) -> Choice:
        """As the service takes it; only of a form without problems."""
        return Choice(self.percent or 0, self.codes, self.text)

    def problems(self, waiver: Waiver, language: str) -> list[tuple[str, str]]:
        """Every problem as (link to its question, words), in the order of the page."""
        return [(href, say(f"desk.waiver_{key}", language, **facts)) for href, key, facts in self._problems(waiver)]

    def _problems(self, waiver: Waiver) -> Iterator[tuple[str, str, dict[str, Any]]]:
        known = [reason.code for reason in waiver.decision.reasons] if waiver.decision else []
        if self.percent not in {0, *waiver.grants}:
            yield f"#grant-{waiver.whole}", "choose", {}
        if set(self.codes) - set(known) or (self.percent == 0 and not self.codes):
            yield f"#reason-{known[0]}", "choose_reason", {}
        elif self.percent and self.codes:
            yield f"#reason-{known[0]}", "no_reason_wanted", {}
        if len(self.text) > LONGEST_TEXT:
            yield "#text", "long", {"length": f"{len(self.text):,}"}
        elif self.percent is not None and self.percent != waiver.whole and not self.text:
            yield "#text", "write", {}


def read_waiver(form: Mapping[str, Any]) -> WaiverForm:
    """What a browser sent (a MultiDict)."""
    return WaiverForm(
        whole(form.get("percent", ""), MOST_PERCENT),
        tuple(dict.fromkeys(form.getlist("reason"))),
        plain_lines(form.get("text", "")),
    )
