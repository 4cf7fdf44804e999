"""Builds the fields of the model from what the author wrote, in order, so that each sees only what is above it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from engine.compiling import codes
from engine.compiling.concepts import Concepts
from engine.compiling.fields import patterns, types
from engine.compiling.fields.merging import Merged, merge
from engine.compiling.fields.options import choices
from engine.compiling.formulas import Formulas
from engine.expressions import Expression
from engine.language.kinds import FormulaSource, Part
from engine.model import Field, Text
from engine.problems import Suggestion

LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
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
        merged = merge(part, self.concepts, report)
        kind = types.of(merged, report)
        title = merged.get("title", title)
        if title is None and not part.wrote("title"):
            report.add(codes.NO_TITLE, part.node, part.at("title"))
        if kind is None:
            return None
        written, limits = self._split(merged)
        types.check_keywords(kind, merged, report)
        schema = types.expand(kind, written)
        if "pattern" in schema:
            schema["pattern"] = patterns.anchored(schema["pattern"])
        patterns.check(schema, part.node, part.path, report)
        field = Field(
            id=name,
            path=path,
            type=kind,
            title=title or UNTITLED,
            hint=merged.get("hint", merged.get("description")),
            error=merged.get("error"),
            when=self.formulas.condition(merged.get("when")),
            optional=self._optional(merged),
            schema=MappingProxyType(schema),
            limits=MappingProxyType({}),
            options=choices(merged, schema, self.formulas),
            concept=merged.get("concept"),
            autocomplete=merged.get("autocomplete"),
            privacy=merged.get("privacy"),
            law=merged.get("law"),
            searchable=merged.get("searchable", False),
            settings=MappingProxyType(types.settings(kind, written)),
        )
        field = self._with_inner(field, merged)
        field = replace(field, limits=MappingProxyType(self._limits(limits, field)))
        return field if len(report) == before else None

    def _optional(self, merged: Merged) -> bool | Expression:
        source = merged.get("optional")
        if source is None or source.text in {"True", "False"}:
            return source is not None and source.text == "True"
        return self.formulas.condition(source) or False

    @staticmethod
    def _split(merged: Merged) -> tuple[dict[str, Any], dict[str, FormulaSource]]:
        """The keywords with fixed values, and the limits that are expressions."""
        limits = {key: merged.get(key) for key in LIMITS if isinstance(merged.get(key), FormulaSource)}
        return {key: _json(value) for key, value in merged.written.items() if key not in limits}, limits

    def _limits(self, sources: Mapping[str, FormulaSource], field: Field) -> dict[str, Expression]:
        compiled = {key: self.formulas.of_type(source, types.value_type(field)) for key, source in sources.items()}
        return {key: expression for key, expression in compiled.items() if expression is not None}

    def _with_inner(self, field: Field, merged: Merged) -> Field:
        properties = self._properties(field.path, merged)
        items = merged.get("items")
        if isinstance(items, Part):
            return replace(field, items=self.build("", items, field.path, field.title), properties=properties)
        return replace(field, properties=properties)

    def _properties(self, path: str, merged: Merged) -> tuple[Field, ...]:
        parts: Mapping[str, Part] = merged.get("properties", {})
        if not parts:
            return ()
        names = self.formulas.names.within(parts, path)
        inner = FieldBuilder(self.formulas.within(names), self.concepts)
        required = self._required(merged, parts)
        fields = []
        for name, part in parts.items():
            field = inner.build(name, part, f"{path}.{name}")
            names.see(name, None if field is None else types.value_type(field))
            if field is not None:
                fields.append(_by_list(field, part, required))
        return tuple(fields)

    def _required(self, merged: Merged, parts: Mapping[str, Part]) -> frozenset[str] | None:
        """The names of the JSON Schema `required` list, which decides where it is given."""
        listed: tuple[str, ...] | None = merged.get("required")
        for name in listed or ():
            if name not in parts:
                advice = Suggestion.among(name, parts)
                place, path = merged.part.place("required"), merged.part.at("required")
                self.formulas.report.add(codes.UNASKED_REQUIRED, place, path, name=name, advice=advice)
        return None if listed is None else frozenset(listed)


def _by_list(field: Field, part: Part, required: frozenset[str] | None) -> Field:
    if required is None or part.wrote("optional"):
        return field
    return replace(field, optional=field.id not in required)


def _json(value: Any) -> Any:
    """JSON has lists where the reader gives tuples."""
    return [_json(item) for item in value] if isinstance(value, tuple) else value
