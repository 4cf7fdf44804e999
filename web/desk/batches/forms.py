"""What a batch needs besides its cases: a reason, a colleague, words to applicants; read and checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.words import say
from procedures.assigning import moves
from procedures.assigning.colleagues import Colleague
from procedures.batches.reading import View
from procedures.correspondence import rules
from web.forms.plain_text import plain_lines


@dataclass(frozen=True, slots=True)
class BatchForm:
    """What was typed and chosen; `ready` is the id of a ready message, `person` that of a colleague."""

    reason: str = ""
    person: str = ""
    ready: str = ""
    text: str = ""

    def details(self, kind: str) -> Mapping[str, Any]:
        """What the kind keeps of it."""
        kept = {"take_over": ("reason",), "assign": ("person", "reason"), "message": ("ready", "text")}
        return {name: getattr(self, name) for name in kept.get(kind, ())}

    def problems(
        self, view: View, people: Sequence[Colleague], ready: Mapping[str, str], language: str
    ) -> list[tuple[str, str]]:
        """Every problem as (link to its question, words)."""
        found: list[tuple[str, str]] = []
        if view.kind in {"take_over", "assign"}:
            found += self._about_reason(language)
        if view.kind == "assign" and all(one.id != self.person for one in people):
            found.insert(0, ("#person", say("desk.batch_error_person", language)))
        if view.kind == "message":
            found += self._about_words(view, ready, language)
        return found

    def _about_reason(self, language: str) -> Iterator[tuple[str, str]]:
        if not self.reason:
            yield "#reason", say("desk.assign_reason_empty", language)
        if len(self.reason) > moves.LONGEST:
            yield "#reason", say("desk.assign_reason_long", language, length=f"{len(self.reason):,}")

    def _about_words(self, view: View, ready: Mapping[str, str], language: str) -> Iterator[tuple[str, str]]:
        """The limit is that of one message, with the ready words in the language in which they are longest."""
        if self.ready and self.ready not in ready:
            yield "#ready", say("desk.batch_error_ready", language)
        length = len(self.text) + _longest_ready(view, self.ready)
        if not self.ready and not self.text:
            yield "#text", say("desk.message_wrong_empty", language, length="0", most=rules.A_DAY)
        elif length > rules.LONGEST:
            yield "#text", say("desk.message_wrong_long", language, length=f"{length:,}", most=rules.A_DAY)


def read_form(form: Mapping[str, str]) -> BatchForm:
    """The form as it was sent."""
    return BatchForm(
        reason=plain_lines(form.get("reason", "")),
        person=form.get("person", "")[:100],
        ready=form.get("ready", "")[:100],
        text=plain_lines(form.get("text", "")),
    )


def ready_messages(view: View, language: str) -> dict[str, str]:
    """The ready messages that any of the cases' procedures has, by id."""
    reviews = (line.procedure.review for line in view.known if line.procedure is not None)
    return {one.id: one.title.say(language) for review in reviews if review for one in review.messages}


def _longest_ready(view: View, ready: str) -> int:
    spoken = {(line.procedure.digest, line.language): line for line in view.known if line.procedure is not None}
    lengths = [
        len(message.text.say(line.language or "ja").strip()) + 2
        for line in spoken.values()
        if line.procedure is not None and line.procedure.review is not None
        for message in line.procedure.review.messages
        if message.id == ready
    ]
    return max(lengths, default=0)
