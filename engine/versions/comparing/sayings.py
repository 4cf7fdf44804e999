"""Values, formulas and wordings that can be said in Japanese and English."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from engine.expressions import Expression
from engine.model import Procedure, Text
from engine.titles import titles_of
from engine.words import say

LONGEST = 60


class Sayable(Protocol):
    """What has words in each language."""

    def say(self, language: str) -> str:
        """The words."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """A wording of the catalogue."""

    key: str
    params: Mapping[str, Sayable] = field(default_factory=lambda: MappingProxyType({}))

    def say(self, language: str) -> str:
        """The wording with its parameters, each in the same language."""
        return say(self.key, language, **{name: one.say(language) for name, one in self.params.items()})


@dataclass(frozen=True, slots=True)
class Plain:
    """The same in every language."""

    text: str

    def say(self, language: str) -> str:
        """The text."""
        return self.text


@dataclass(frozen=True, slots=True)
class Explained:
    """A formula of a procedure."""

    formula: Expression
    procedure: Procedure

    def say(self, language: str) -> str:
        """In words, with the titles of what it looks at, and conditions instead of their names."""
        return self.formula.explain(language, titles_in(self.procedure, language), self.procedure.conditions)


@dataclass(frozen=True, slots=True)
class Listed:
    """Several, one after the other."""

    parts: tuple[Sayable, ...]

    def say(self, language: str) -> str:
        """With commas."""
        return say("answers.list_comma", language).join(part.say(language) for part in self.parts)


NOTHING = Said("versions.nothing")


def sayable(value: Any, procedure: Procedure) -> Sayable:
    """Any value of the model, as short as people can do with."""
    found: Sayable = NOTHING
    match value:
        case bool():
            found = Said("answers.affirmed" if value else "answers.denied")
        case Text():
            found = value
        case Expression():
            found = Explained(value, procedure)
        case int() | float() | Decimal() | date() | str():
            found = Plain(_short(str(value)))
        case Mapping():
            found = Plain(_short(json.dumps(dict(value), ensure_ascii=False, default=str)))
        case tuple() | list() | set() | frozenset():
            found = _listed(value, procedure)
        case _ if value is not None:
            found = named(value)
    return found


def named(part: Any) -> Sayable:
    """What people call a part: its title, its name, its key."""
    for attribute in ("title", "name", "id", "code", "value", "start"):
        found = getattr(part, attribute, None)
        if isinstance(found, Text):
            return found
        if found is not None:
            return Plain(_short(str(found)))
    return Said("versions.something")


def titles_in(procedure: Procedure, language: str) -> dict[str, str]:
    """What people call everything that formulas of a procedure can name."""
    review = procedure.review
    known = [*procedure.fields.values(), *(review.clerk_fields if review else ())]
    calculated = {one.id: one.title.say(language) for one in procedure.calculated.values() if one.title is not None}
    return {**calculated, **titles_of(known, language)}


def _listed(values: Iterable[Any], procedure: Procedure) -> Sayable:
    parts = tuple(sayable(one, procedure) for one in values)
    return Listed(parts) if parts else NOTHING


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
