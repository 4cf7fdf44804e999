"""The register of problem codes: each declared once, beside the code that finds it, with an example that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.problems.problem import Severity
from engine.words import catalogue

LANGUAGES = ("ja", "en")

_declared: dict[str, "Code"] = {}


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem. `example` is a line or two of YAML that has it; the wording stands in the catalogue.

    The catalogue's `problems.<id>.what` says what is wrong, `problems.<id>.fix` what to do.
    """

    id: str
    example: str
    severity: Severity = "error"

    def __post_init__(self) -> None:
        """Refuse a code that exists: two meanings of one code would mislead whoever looks it up."""
        if self.id in _declared:
            raise ValueError(f"problem code {self.id!r} is declared twice: choose another id")
        _declared[self.id] = self

    def what(self, parameters: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """What is wrong, by language, with `parameters` (language → name → text) filled in."""
        return self._wording("what", parameters)

    def fix(self, parameters: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """What to do, by language."""
        return self._wording("fix", parameters)

    def _wording(self, part: str, parameters: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        wordings = catalogue()[f"problems.{self.id}.{part}"]
        return {language: wordings[language].format_map(parameters[language]) for language in LANGUAGES}


def declared() -> Mapping[str, Code]:
    """Every code declared by the modules imported so far; `engine.tree` imports all that declare some."""
    return MappingProxyType(dict(sorted(_declared.items())))
