"""Gathers what the schema cannot say, with its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions import Expression
from engine.model import Field, Procedure, Text
from engine.titles import titles_in
from engine.words import say

LANGUAGES = ("ja", "en")

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """`listed` grows: each rule has a `path`, one keyword with what it is about, and `says`, by language."""

    procedure: Procedure
    listed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What the schema is called (`$id`)."""
        return f"urn:tetsuzuki:{self.procedure.id}:{self.procedure.version.isoformat()}"

    def of_expression(
        self, path: Path, keyword: str, expression: Expression, told: Text | None = None, **more: str
    ) -> None:
        """An expression under the key of the spec that holds it: `when`, `optional`, `minimum`."""
        titles = {language: titles_in(self.procedure, language) for language in LANGUAGES}
        named = self.procedure.conditions
        says = {language: expression.explain(language, titles[language], named) for language in LANGUAGES}
        tells = {"tells": {"ja": told.ja, **told.others}} if told else {}
        self._add(path, keyword, expression.source, says, **tells, **more)

    def of_setting(self, path: Path, one: Field, name: str) -> None:
        """A limit that its type has and JSON Schema has not, with what it is set to."""
        known, setting = one.type.keywords.get(name), one.settings[name]
        says = {
            language: f"{known.doc[language]}: {setting}" if known else self._limit(one, name, language)
            for language in LANGUAGES
        }
        self._add(path, name, str(setting), says)

    def of_type(self, path: Path, one: Field) -> None:
        """What its type checks: in its own words, or in general ones where it has declared none."""
        declared = one.type.rule
        says = {language: self._of_type(one, language) for language in LANGUAGES}
        self._add(path, "type", one.type.name, says if declared is None else declared)

    def of_pattern(self, path: Path, title: Text, pattern: str) -> None:
        """A pattern that not every dialect reads like our engine."""
        says = {
            language: say("submission_schema.pattern", language, title=title.say(language), pattern=pattern)
            for language in LANGUAGES
        }
        self._add(path, "pattern", pattern, says)

    def _add(self, path: Path, keyword: str, about: str, says: Mapping[str, str], **more: Any) -> None:
        self.listed.append({"path": [*path], keyword: about, "says": dict(says), **more})

    @staticmethod
    def _limit(one: Field, keyword: str, language: str) -> str:
        limit = one.type.told(one, keyword, one.type.bound(one.settings[keyword])).get("limit", one.settings[keyword])
        return limit.say(language) if isinstance(limit, Text) else str(limit)

    @staticmethod
    def _of_type(one: Field, language: str) -> str:
        return say("submission_schema.type", language, title=one.title.say(language), type=one.type.doc[language])
