"""Which answers an expression rests on, through everything that it calls by name."""

import ast
from collections.abc import Mapping

from engine.expressions import Expression
from engine.expressions.naming import free_names
from engine.model import Calculated, Derived
from engine.tables import Table


def below_names(tree: ast.expr, named: Mapping[str, Expression | Calculated]) -> frozenset[str]:
    """The fields (and `today`) under `tree`; `named` are the procedure's conditions and calculated values."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(free_names(tree))
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name not in named:
            found.add(name)
            continue
        for expression in _expressions(named[name]):
            waiting += free_names(expression.syntax.tree)
    return frozenset(found)


def _expressions(named: Expression | Calculated) -> list[Expression]:
    value: Derived = named.value if isinstance(named, Calculated) else named
    return list(value.expressions()) if isinstance(value, Table) else [value]
