"""The form of a proposal: what a clerk chose and wrote, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.model import Procedure
from engine.words import say
from procedures.decisions import OUTCOMES, Outcome
from web.forms.plain_text import plain_lines

LONGEST_TEXT = 2_000
LONGEST_GRANTED = 1_000
CHOICES = frozenset(OUTCOMES)


@dataclass(frozen=True, slots=True)
class ProposalForm:
    """What was chosen and written; `outcome` is empty while nothing is chosen."""

    outcome: Outcome | str = ""
    codes: tuple[str, ...] = ()
    text: str = ""
    granted: str = ""

    def problems(self, procedure: Procedure, language: str) -> list[tuple[str, str]]:
        """Every problem as (link to its question, words), in the order of the page."""
        keys = [*self._about_granted(), *self._about_reasons(procedure), *self._about_text()]
        if self.outcome not in CHOICES:
            keys.insert(0, ("#outcome-approve", "desk.error_outcome", {}))
        return [(href, say(key, language, **facts)) for href, key, facts in keys]

    def _about_reasons(self, procedure: Procedure) -> list[tuple[str, str, dict[str, Any]]]:
        known = [reason.code for reason in procedure.review.refusal_reasons] if procedure.review else []
        first = f"#reason-{known[0]}" if known else "#outcome-refuse"
        if set(self.codes) - set(known):
            return [(first, "desk.error_reason_unknown", {})]
        if self.outcome in {"refuse", "partly"} and not self.codes:
            return [(first, "desk.error_reasons", {})]
        if self.outcome == "approve" and self.codes:
            return [(first, "desk.error_reasons_with_approval", {})]
        return []

    def _about_granted(self) -> list[tuple[str, str, dict[str, Any]]]:
        if len(self.granted) > LONGEST_GRANTED:
            return [("#granted", "desk.error_granted_long", {"length": f"{len(self.granted):,}"})]
        if self.outcome == "partly" and not self.granted:
            return [("#granted", "desk.error_granted_missing", {})]
        return []

    def _about_text(self) -> list[tuple[str, str, dict[str, Any]]]:
        if len(self.text) > LONGEST_TEXT:
            return [("#text", "desk.error_text_long", {"length": f"{len(self.text):,}"})]
        if self.outcome in {"refuse", "partly"} and not self.text:
            return [("#text", "desk.error_text_missing", {})]
        return []


def read_proposal(form: "Mapping[str, Any]") -> ProposalForm:
    """What a browser sent (a MultiDict). Line ends become plain; nothing else is changed."""
    codes = tuple(dict.fromkeys(form.getlist("reason")))
    text, granted = plain_lines(form.get("text", "")), plain_lines(form.get("granted", ""))
    return ProposalForm(form.get("outcome", ""), codes, text, granted)
