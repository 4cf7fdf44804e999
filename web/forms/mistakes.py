"""What is wrong with a page: lines of the summary that lead to their question, and the words beside each question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.validation import Failure
from engine.validation.failures import CHECK
from web.forms.naming import anchor_of
from web.forms.plain import Question


@dataclass(slots=True)
class Mistakes:
    """`summary`: (address, words) in the order of the page; `beside`: question name → [(input name, words)]."""

    summary: list[tuple[str, str]] = field(default_factory=list)
    beside: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.summary)

    def add(self, question: Question, input_name: str, words: str, *, listed: bool = True) -> None:
        """One mistake of a question; `input_name` is the question's own name when it is about all of it.

        `listed`: in the summary, too.
        """
        inputs = {input.name for input in question.inputs}
        anchor = anchor_of(input_name) if input_name in inputs else question.anchor
        self.beside.setdefault(question.name, []).append((input_name, words))
        if listed:
            self.summary.append((f"#{anchor}", words))


def mistakes_of(
    questions: Sequence[Question],
    failures: Iterable[Failure],
    language: str,
    more: Mapping[str, Sequence[str]] | None = None,
) -> Mistakes:
    """Failures of a page's fields, whose paths begin with the field's id; `more` holds further words by field id.

    A check over several fields stands beside each of them, and once in the summary.
    """
    told = list(failures)
    between = {failure.say(language) for failure in told if failure.key == CHECK}
    lines = [(".".join(str(part) for part in failure.path), failure.say(language)) for failure in told]
    lines += [(id, words) for id, several in (more or {}).items() for words in several]
    asked = list(flat(questions))
    found = sorted(((*_place(asked, name), name, words) for name, words in lines), key=lambda line: line[:2])
    mistakes = Mistakes()
    for place, _, name, words in found:
        again = words in between and any(words == line for _, line in mistakes.summary)
        mistakes.add(asked[place], name, words, listed=not again)
    return mistakes


def flat(questions: Iterable[Question]) -> Iterator[Question]:
    """The questions with those of their groups, in the order of the page."""
    for question in questions:
        yield question
        yield from flat(question.questions)


def _place(asked: Sequence[Question], name: str) -> tuple[int, int]:
    """Where the question stands that `name` is about (the innermost that fits), and which of its inputs."""
    fitting = [n for n, question in enumerate(asked) if f"{name}.".startswith(f"{question.name}.")]
    place = max(fitting, key=lambda n: len(asked[n].name))
    inputs = [given.name for given in asked[place].inputs]
    return place, inputs.index(name) if name in inputs else 0
