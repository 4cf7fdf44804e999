"""One problem of a source file: its place, what is wrong and what to do, in Japanese and English."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]

WARNING_MARK = {"ja": "（注意）", "en": "(warning) "}


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` and `col` count from 1, `col` in characters; `path` is dotted (`steps.owner.fields.name.type`).

    `message` says what is wrong and `fix` what to do, each by language (`ja`, `en`).
    """

    code: str
    file: str
    line: int
    col: int
    path: str
    message: Mapping[str, str] = field(compare=False)
    fix: Mapping[str, str] = field(compare=False)
    severity: Severity = "error"

    def __lt__(self, other: "Problem") -> bool:
        """Reading order: by file, then downwards."""
        return self._place < other._place

    @property
    def _place(self) -> tuple[str, int, int, str, str]:
        return (self.file, self.line, self.col, self.path, self.code)

    def says(self, language: str) -> str:
        """What is wrong and what to do, in one breath, without the place."""
        gap = "" if language == "ja" else " "
        return gap.join(part for part in (_pick(self.message, language), _pick(self.fix, language)) if part)

    def render(self, language: str = "ja") -> str:
        """One line: `file:line:col: path: what is wrong. What to do.`."""
        path = f"{self.path}: " if self.path else ""
        mark = _pick(WARNING_MARK, language) if self.severity == "warning" else ""
        return f"{self.file}:{self.line}:{self.col}: {path}{mark}{self.says(language)}"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them stops the procedure; warnings do not."""
    return any(problem.severity == "error" for problem in problems)


def _pick(wordings: Mapping[str, str], language: str) -> str:
    return wordings.get(language) or wordings["ja"]
