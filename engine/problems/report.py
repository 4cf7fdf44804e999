"""Collects the problems of one file while it is read, checked and compiled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.problems.codes import LANGUAGES, Code
from engine.problems.problem import Problem, has_errors
from engine.problems.suggestions import Suggestion

PROBLEM_LIMIT = 100
"""Nobody mends more in one go, and a hostile file must not make us write a book."""

LONGEST_PARAMETER = 200

TOO_MANY = Code("too-many-problems", example="(101 misspelt keys)")

Parameter = object | Mapping[str, str] | Suggestion


class Place(Protocol):
    """Anything with a position in the source, counted from 1."""

    @property
    def line(self) -> int:
        """Counted from 1."""
        ...

    @property
    def col(self) -> int:
        """In characters, counted from 1."""
        ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A bare position."""

    line: int
    col: int


class Report:
    """The problems of `file` so far, at most `PROBLEM_LIMIT` and one that says there are more."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: dict[tuple[str, int, int, str], Problem] = {}
        self._full = False

    def add(self, code: Code, place: Place, path: str = "", **parameters: Parameter) -> None:
        """Note one problem. A parameter may differ by language (a mapping) or be a `Suggestion`."""
        if self._full:
            return
        key = (code.id, place.line, place.col, path)
        if key in self._problems:
            return
        if len(self._problems) == PROBLEM_LIMIT:
            self._full = True
            code, path, parameters = TOO_MANY, "", {"limit": PROBLEM_LIMIT}
        spoken = _spoken(parameters)
        self._problems[key] = Problem(
            code.id, self.file, place.line, place.col, path, code.what(spoken), code.fix(spoken), code.severity
        )

    def include(self, problems: Iterable[Problem]) -> None:
        """Take over problems that were found elsewhere."""
        for problem in problems:
            self._problems.setdefault((problem.code, problem.line, problem.col, problem.path), problem)

    def __len__(self) -> int:
        """How many were found so far."""
        return len(self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, in reading order."""
        return tuple(sorted(self._problems.values()))

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return has_errors(self._problems.values())


def _spoken(parameters: Mapping[str, Parameter]) -> dict[str, dict[str, str]]:
    spoken: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for name, value in parameters.items():
        texts = value.by_language() if isinstance(value, Suggestion) else value
        for language in LANGUAGES:
            text = str(texts[language] if isinstance(texts, Mapping) else texts)
            spoken[language][name] = text if len(text) <= LONGEST_PARAMETER else text[:LONGEST_PARAMETER] + "…"
    return spoken
