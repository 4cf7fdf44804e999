"""A compiled expression."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.expressions.compiling.compiler import Compiler
from engine.expressions.compiling.terms import Term
from engine.expressions.explaining import explain
from engine.expressions.naming import free_names
from engine.expressions.scope import Scope
from engine.expressions.syntax import Source, read, written_date
from engine.expressions.types import DATE, Type


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """An expression that compiled: `type` is that of its value, `types` of the fields and conditions it uses."""

    source: str
    type: Type
    types: Mapping[str, Type]
    term: Term
    syntax: Source

    @property
    def names(self) -> frozenset[str]:
        """The fields and conditions that it uses."""
        return frozenset(self.types)

    def outputs(self) -> tuple[Any, ...] | None:
        """The values that it can give: of a choice of texts its options, otherwise that is not known (None)."""
        return self.type.options or None

    def evaluate(self, scope: Scope) -> Any:
        """The value for these answers, or UNKNOWN."""
        return self.term.evaluate(scope)

    def holds(self, scope: Scope) -> bool:
        """Whether it is known to be true."""
        return self.term.evaluate(scope) is True

    def explain(
        self, language: str, titles: Mapping[str, str] | None = None, named: "Mapping[str, Expression] | None" = None
    ) -> str:
        """The expression in words. `titles` gives what a field or a value (`field=value`) is called to people.

        The conditions in `named` are explained in place of their names.
        """
        trees = {name: condition.syntax.tree for name, condition in (named or {}).items()}
        truth = self.type.kind == "boolean" and not isinstance(self.syntax.tree, ast.Constant)
        return explain(self.syntax.tree, language, titles or {}, trees, self.types, truth=truth)

    def __eq__(self, other: object) -> bool:
        """Two expressions are the same when they say the same."""
        return isinstance(other, Expression) and (self.source, self.type) == (other.source, other.type)

    def __hash__(self) -> int:
        """Follows equality."""
        return hash(self.source)


def parse(source: str, names: Mapping[str, Type]) -> Expression:
    """Compile `source`, which may use `names` and `today`; a bare `2026-04-01` is that day.

    Raises `ExpressionError`.
    """
    syntax = read(source)
    if day := written_date(syntax):
        return Expression(source, DATE, {}, Term(DATE, lambda _: day), syntax)
    term = Compiler(syntax, {"today": DATE, **names}).compile(syntax.tree)
    used = {name: names[name] for name in free_names(syntax.tree) - {"today"}}
    return Expression(source, term.type, used, term, syntax)
