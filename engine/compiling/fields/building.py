"""Builds the fields of the model from what the author wrote, in order, so that each sees only what is above it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.compiling import codes
from engine.compiling.concepts import Concepts
from engine.compiling.fields import patterns, types
from engine.compiling.fields.keywords import Keywords, split
from engine.compiling.fields.merging import Merged, merge
from engine.compiling.fields.options import choices
from engine.compiling.fields.remembering import reuse
from engine.compiling.fields.variants import unfold
from engine.compiling.formulas import Formulas
from engine.compiling.rules import checks
from engine.expressions import Expression
from engine.expressions.types import NUMBER
from engine.fields.base import COUNTS, FieldType
from engine.language.kinds import FormulaSource, Part
from engine.model import Check, Field, Text
from engine.problems import Suggestion
from engine.searching.usual import by_default

UNTITLED = Text("")


@dataclass(frozen=True, slots=True)
class FieldBuilder:
    """Builds fields at one point of the procedure."""

    formulas: Formulas
    concepts: Concepts

    def build(self, name: str, part: Part, path: str, title: Text | None = None) -> Field | None:
        """The field, or None with problems. `title` is what it is called where the author need not say."""
        report = self.formulas.report
        before = len(report)
        merged = unfold(merge(part, self.concepts, report), report)
        kind = types.of(merged, report)
        title = merged.get("title", title)
        if title is None and not part.wrote("title") and merged.whole:
            report.add(codes.NO_TITLE, part.node, part.at("title"))
        if kind is None:
            return None
        types.check_keywords(kind, merged, report)
        keywords = split(kind, merged, report)
        if types.lacks_options(kind, keywords.schema) and not part.wrote("options"):
            report.add(codes.NO_OPTIONS, part.node, part.at("options"))
        if types.asks_nothing(kind, merged) and not part.wrote("concept"):
            report.add(codes.NOTHING_INSIDE, part.node, part.path)
        if types.lists_lists(kind, merged):
            report.add(codes.LIST_IN_LIST, part.place("items"), part.at("items"))
        patterns.check(keywords.schema, part.node, part.path, report)
        field = self._field(name, path, kind, title or UNTITLED, merged, keywords)
        field = replace(field, limits=MappingProxyType(self._limits(keywords.limits, field)))
        return field if len(report) == before else None

    def _field(self, name: str, path: str, kind: FieldType, title: Text, merged: Merged, keywords: Keywords) -> Field:
        items = merged.get("items")
        asks_items = isinstance(items, Part) and kind.name == "array"
        properties, checked = self._properties(path, merged)
        return Field(
            id=name,
            path=path,
            type=kind,
            title=title,
            hint=merged.get("hint", merged.get("description")),
            error=merged.get("error"),
            errors=MappingProxyType(_messages(merged)),
            when=self.formulas.condition(merged.get("when")),
            optional=self._optional(merged),
            schema=MappingProxyType(keywords.schema),
            limits=MappingProxyType({}),
            options=choices(merged, self.formulas),
            properties=properties,
            items=self.build(name, items, path, title) if asks_items else None,
            checks=checked,
            concept=merged.get("concept"),
            autocomplete=merged.get("autocomplete"),
            privacy=kind.privacy or merged.get("privacy"),
            reuse=reuse(kind, merged),
            law=merged.get("law"),
            purpose=merged.get("purpose"),
            searchable=merged.get("searchable", kind.findable and by_default(merged.get("concept"))),
            was=merged.part.get("was"),
            stands_at=merged.get("as"),
            settings=MappingProxyType(keywords.settings),
        )

    def _optional(self, merged: Merged) -> bool | Expression:
        source = merged.get("optional")
        if source is None or source.text in {"True", "False"}:
            return source is not None and source.text == "True"
        return self.formulas.condition(source) or False

    def _limits(self, sources: Mapping[str, FormulaSource], field: Field) -> dict[str, Expression]:
        own = field.type.value_type(field)
        compiled = {
            key: self.formulas.of_type(source, NUMBER if key in COUNTS else own) for key, source in sources.items()
        }
        return {key: expression for key, expression in compiled.items() if expression is not None}

    def _properties(self, path: str, merged: Merged) -> tuple[tuple[Field, ...], tuple[Check, ...]]:
        """What is asked inside, and the checks over it."""
        parts: Mapping[str, Part] = merged.get("properties", {})
        if not parts:
            return (), ()
        names = self.formulas.names.within(parts, path)
        inner = FieldBuilder(self.formulas.within(names), self.concepts)
        required = self._required(merged, parts)
        fields = []
        for name, part in parts.items():
            field = inner.build(name, part, f"{path}.{name}")
            names.see(name, None if field is None else field.type.value_type(field))
            if field is not None:
                fields.append(_by_list(field, part, required))
        return tuple(fields), checks.build(merged.part, parts, inner.formulas)

    def _required(self, merged: Merged, parts: Mapping[str, Part]) -> frozenset[str] | None:
        """The names of the JSON Schema `required` list, which decides where it is given."""
        listed: tuple[str, ...] | None = merged.get("required")
        for name in listed or ():
            if name not in parts:
                advice = Suggestion.among(name, parts)
                place, path = merged.part.place("required"), merged.part.at("required")
                self.formulas.report.add(codes.UNASKED_REQUIRED, place, path, name=name, advice=advice)
        return None if listed is None else frozenset(listed)


def _messages(merged: Merged) -> dict[str, Text]:
    part = merged.get("errors")
    return dict(part.values) if isinstance(part, Part) else {}


def _by_list(field: Field, part: Part, required: frozenset[str] | None) -> Field:
    if required is None or part.wrote("optional"):
        return field
    return replace(field, optional=field.id not in required)
