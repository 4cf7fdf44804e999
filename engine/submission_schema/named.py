"""The named conditions of a procedure, each a definition of its own where JSON Schema can say it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions import Expression
from engine.model import Field, Procedure
from engine.model.calculated import Calculated
from engine.submission_schema.conditions import Translator, Truth
from engine.submission_schema.formulas import Constant, Formula, Part, level_of
from engine.submission_schema.placing import schema_of
from engine.submission_schema.reach import Reach, reaches


@dataclass(frozen=True, slots=True)
class Named:
    """They see the answers outside of lists only. `used` grows with those that something refers to."""

    procedure: Procedure
    names: Mapping[str, Reach | None]
    inside: frozenset[str]
    truths: dict[str, Truth] = field(default_factory=dict)
    formulas: dict[str, Formula] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, procedure: Procedure) -> "Named":
        """Those of a procedure."""
        inside = frozenset(_inside(procedure.fields.values()))
        return cls(procedure, reaches(procedure.fields.values(), ()), inside)

    def condition(self, name: str) -> Truth | None:
        """When the condition is known to be true and false; None for what is none.

        A question inside a list or an object that has its name would be meant in there: nothing is said then.
        """
        named = self.procedure.named.get(name)
        expression = named.value if isinstance(named, Calculated) else named
        if not isinstance(expression, Expression) or expression.type.kind != "boolean" or name in self.inside:
            return None
        if name not in self.truths:
            truth = Translator(self.names, self.condition).truth(expression.syntax.tree)
            self.truths[name] = Truth(
                self._defined(f"{name}.true", truth.true), self._defined(f"{name}.false", truth.false)
            )
        return self.truths[name]

    def definitions(self) -> dict[str, Any]:
        """For `$defs`: `<condition>.true` and `<condition>.false`."""
        return {name: schema_of(formula) for name, formula in self.formulas.items()}

    def _defined(self, name: str, formula: Formula) -> Formula:
        """A reference to the formula, where it can be said as one schema."""
        if isinstance(formula, Constant) or level_of(formula) != ():
            return formula
        self.formulas[name] = formula
        return Part((), {"$ref": f"#/$defs/{name}"})


def _inside(fields: Iterable[Field]) -> Iterator[str]:
    for one in fields:
        inner = [*one.properties, *([one.items] if one.items else [])]
        yield from (part.id for part in one.properties)
        yield from _inside(inner)
