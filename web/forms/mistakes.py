"""What is wrong with a page: lines of the summary that lead to their question, and the words beside each question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.validation import Failure
from web.forms.building import anchor_of
from web.forms.plain import Question


@dataclass(slots=True)
class Mistakes:
    """`summary`: (address, words) in the order of the page; `beside`: question name → [(input name, words)]."""

    summary: list[tuple[str, str]] = field(default_factory=list)
    beside: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.summary)

    def add(self, question: Question, input_name: str, words: str) -> None:
        """One mistake of a question; `input_name` is the question's own name when it is about all of it."""
        inputs = {input.name for input in question.inputs}
        anchor = anchor_of(input_name) if input_name in inputs else question.anchor
        self.beside.setdefault(question.name, []).append((input_name, words))
        self.summary.append((f"#{anchor}", words))


def mistakes_of(
    questions: Sequence[Question], failures: Iterable[Failure], language: str, more: Mapping[str, Sequence[str]] | None = None
) -> Mistakes:
    """Failures of a page's fields, whose paths begin with the field's id; `more` holds further words by field id."""
    by_id: dict[str, list[tuple[str, str]]] = {}
    for failure in failures:
        name = ".".join(str(part) for part in failure.path)
        by_id.setdefault(str(failure.path[0]), []).append((name, failure.say(language)))
    for id, words in (more or {}).items():
        by_id.setdefault(id, []).extend((id, line) for line in words)
    mistakes = Mistakes()
    for question in questions:
        for name, words in by_id.get(question.id, ()):
            mistakes.add(question, name, words)
    return mistakes
