"""Writes the schema of a whole submission: objects in objects, each with what its answers demand of each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions import Expression
from engine.model import Field, Procedure
from engine.submission_schema.across import Across
from engine.submission_schema.conditions import Translator, Truth
from engine.submission_schema.conditions.truth import constant
from engine.submission_schema.demands import Demand, conditional, required, sayable, unless_nothing
from engine.submission_schema.fields import LINE, LINES, field_schema, holds_text, printable, whole_schema
from engine.submission_schema.formulas import ALWAYS, Formula, Level, both, bound, is_exact
from engine.submission_schema.named import Named
from engine.submission_schema.reach import Reach, reaches
from engine.submission_schema.rules import Rules

Names = Mapping[str, Reach | None]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes from the outermost object inwards. `demands` grows: schemas by the object that they belong to."""

    procedure: Procedure
    rules: Rules
    named: Named
    demands: dict[Level, list[Any]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)

    def whole(self) -> dict[str, Any]:
        """The object of all answers, and the definitions that it uses."""
        names = self.named.names
        reached = {step.id: self._truth(step.when, names).true for step in self.procedure.steps}
        across = Across(self.rules, (), lambda expression: self._truth(expression, names))
        for step in self.procedure.steps:
            shown = [self._truth(one.when, names).true for one in step.fields]
            self._add(across.checks(step.checks, reached[step.id], shown))
        self._add(across.stops(self.procedure, reached))
        steps = {one.id: (step.when, reached[step.id]) for step in self.procedure.steps for one in step.fields}
        if self.procedure.schema:
            self._add([((), whole_schema(self.procedure, self.rules))])
        body = self._object(tuple(self.procedure.fields.values()), (), names, steps)
        definitions = {name: printable(name) for name in sorted(self.texts)} | self.named.definitions()
        return {**body, **({"$defs": definitions} if definitions else {})}

    def _object(
        self,
        fields: tuple[Field, ...],
        level: Level,
        names: Names,
        shown: Mapping[str, tuple[Expression | None, Formula]],
    ) -> dict[str, Any]:
        """The properties by id, those that must be there whatever the answers are, and what depends on them."""
        asked = [one for one in fields if one.type.control != "note"]
        demands = [self._demand(one, level, names, shown.get(one.id, (None, ALWAYS))) for one in asked]
        self._add(conditional(demands))
        body = {
            "type": "object",
            "properties": {one.id: self._field(one, (*level, one.id), names) for one in asked},
            "required": required(demands),
            "additionalProperties": False,
        }
        found = self.demands.pop(level, [])
        return {**body, "allOf": found} if found else body

    def _demand(self, one: Field, level: Level, names: Names, step: tuple[Expression | None, Formula]) -> Demand:
        own = self._truth(one.when, names).true
        optional = constant(one.optional) if isinstance(one.optional, bool) else self._truth(one.optional, names)
        demand = Demand.of(level, one.id, both(step[1], own), optional)
        conditions = ((step[0], step[1]), (one.when, own))
        for expression, formula in conditions:
            if expression is not None and not (is_exact(formula) and is_exact(demand.shown)):
                self.rules.of_expression((*level, one.id), "when", expression)
        clear = is_exact(optional.true) and (is_exact(demand.needed) or not is_exact(demand.shown))
        if isinstance(one.optional, Expression) and not clear:
            self.rules.of_expression((*level, one.id), "optional", one.optional)
        return demand

    def _field(self, one: Field, path: Level, names: Names) -> dict[str, Any]:
        """One field with everything inside it."""
        schema = field_schema(one, path, self.rules)
        if one.properties:
            self._checks(one, path, {**names, **reaches(one.properties, path)})
            inside = self._object(one.properties, path, {**names, **reaches(one.properties, path)}, {})
            also = [*schema.get("allOf", ()), *inside.pop("allOf", ())]
            schema = {**schema, **inside, **({"allOf": also} if also else {})}
        if one.items is not None:
            schema["items"] = self._field(one.items, (*path, "*"), names)
        if holds_text(one):
            name = LINES if one.type.control == "textarea" else LINE
            self.texts.add(name)
            schema["$ref"] = f"#/$defs/{name}"
        self._options(one, path, names)
        return schema

    def _checks(self, one: Field, path: Level, names: Names) -> None:
        across = Across(self.rules, path, lambda expression: self._truth(expression, names))
        shown = [self._truth(part.when, names).true for part in one.properties]
        self._add(across.checks(one.checks, ALWAYS, shown))

    def _options(self, one: Field, path: Level, names: Names) -> None:
        """An option whose condition does not hold cannot be chosen."""
        level = _enclosing(path)
        for option in one.options:
            if option.when is None:
                continue
            formula = sayable(self._truth(option.when, names).true, level)
            if not is_exact(formula):
                self.rules.of_expression((*path, f"={option.value}"), "when", option.when)
            other: Any = {"not": {"const": option.value}}
            if one.type.value_type(one).kind == "list":
                other = {"items": other}
            for step in reversed(path[len(level) :]):
                other = {"items": other} if step == "*" else {"properties": {step: other}}
            self._add(unless_nothing(bound(formula, holds=True), level, {}, other))

    def _add(self, placed: Iterable[tuple[Level, Any]]) -> None:
        for place, schema in placed:
            self.demands.setdefault(place, []).append(schema)

    def _truth(self, expression: Expression | None, names: Names) -> Truth:
        if expression is None:
            return constant(value=True)
        return Translator(names, self.named.condition).truth(expression.syntax.tree)


def _enclosing(path: Level) -> Level:
    """The object in which the field at `path` stands, however many lists of lists lie between."""
    inner = list(path)
    while inner and inner[-1] == "*":
        inner.pop()
    return tuple(inner[:-1])
