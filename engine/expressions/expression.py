"""A compiled expression."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.expressions.compiling import Compiler
from engine.expressions.explaining import explain
from engine.expressions.naming import free_names
from engine.expressions.scope import Scope
from engine.expressions.syntax import Source, read, written_date
from engine.expressions.terms import Term
from engine.expressions.types import DATE, Type


@dataclass(frozen=True)
class Expression:
    """An expression that compiled: `type` is that of its value, `names` are the fields and conditions it uses."""

    source: str
    type: Type
    names: frozenset[str]
    term: Term
    syntax: Source

    def evaluate(self, scope: Scope) -> Any:
        """The value for these answers, or UNKNOWN."""
        return self.term.evaluate(scope)

    def holds(self, scope: Scope) -> bool:
        """Whether it is known to be true."""
        return self.term.evaluate(scope) is True

    def explain(self, language: str, titles: Mapping[str, str] | None = None) -> str:
        """The expression in words. `titles` gives what a field or a value is called to people."""
        return explain(self.syntax.tree, language, titles or {})

    @cached_property
    def _identity(self) -> tuple[str, Type]:
        return self.source, self.type

    def __eq__(self, other: object) -> bool:
        """Two expressions are the same when they say the same."""
        return isinstance(other, Expression) and self._identity == other._identity

    def __hash__(self) -> int:
        """Follows equality."""
        return hash(self.source)


def parse(source: str, names: Mapping[str, Type]) -> Expression:
    """Compile `source`, which may use `names` and `today`; a bare `2026-04-01` is that day. Raises `ExpressionError`."""
    syntax = read(source)
    if day := written_date(syntax):
        return Expression(source, DATE, frozenset(), Term(DATE, lambda _: day), syntax)
    term = Compiler(syntax, {"today": DATE, **names}).compile(syntax.tree)
    return Expression(source, term.type, free_names(syntax.tree) - {"today"}, term, syntax)
