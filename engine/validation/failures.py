"""One thing that is wrong with the answers, in words that say what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from engine.fields.base import FieldProblem
from engine.fields.days import show_day
from engine.model import Check, Field, Stop, Text
from engine.model.text import Tell
from engine.words import say

Path = tuple[str | int, ...]

CHECK, STOP = "check", "stop"
"""The keys of failures that are always in their author's words."""


@dataclass(frozen=True, slots=True)
class Failure:
    """`path` leads to the answer (`("dogs", 0, "chip")`) or to one input of it (`("born", "year")`).

    `custom` are the author's own words for it; `title` is the question's.
    """

    path: Path
    key: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    custom: Text | None = None
    title: Text | None = None

    @classmethod
    def of(cls, path: Path, field: Field, problem: FieldProblem, *, custom: bool = True) -> "Failure":
        """What a field's type or schema finds wrong. `custom`: in the author's words, where there are any."""
        inner = tuple(problem.part.split(".")) if problem.part else ()
        meant = problem.field or field
        own = meant.errors.get(problem.keyword, meant.error if custom else None)
        return cls((*path, *inner), problem.key, problem.params, own, meant.title)

    @classmethod
    def of_check(cls, path: Path, check: Check) -> "Failure":
        """A check over several fields that is broken, told at one of them."""
        return cls(path, CHECK, custom=check.error)

    @classmethod
    def of_stop(cls, stop: Stop) -> "Failure":
        """One cannot apply with these answers; the path names the stop, for no single answer is wrong."""
        return cls(("stops", stop.id), STOP, custom=stop.reason)

    def told(self, tell: Tell) -> "Failure":
        """The same with the answers that the question's title repeats."""
        return self if self.title is None else replace(self, title=self.title.told(tell))

    def say(self, language: str) -> str:
        """What to do about it."""
        if self.custom is not None:
            return self.custom.say(language)
        title = "" if self.title is None else self.title.say(language)
        spoken = {name: _spoken(value, language) for name, value in self.params.items()}
        return say(self.key, language, title=title, **spoken)


def _spoken(value: object, language: str) -> object:
    if isinstance(value, Text):
        return value.say(language)
    return show_day(value, language) if isinstance(value, date) else value
