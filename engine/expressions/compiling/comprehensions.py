"""Comprehensions over a list: `d.tagged for d in dogs if d.chipped`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from engine.expressions.compiling.logic import both
from engine.expressions.compiling.terms import Term
from engine.expressions.scope import UNKNOWN, Scope
from engine.expressions.types import ANYTHING, BOOLEAN, list_of

if TYPE_CHECKING:
    from engine.expressions.compiling.compiler import Compiler


def comprehension(compiler: Compiler, node: ast.GeneratorExp | ast.ListComp) -> Term:
    """A list of what each item gives; of an item of which it is unknown whether it counts, that is unknown."""
    loop = node.generators[0]
    if len(node.generators) > 1 or loop.is_async or not isinstance(loop.target, ast.Name):
        raise compiler.unsupported(node)
    items = compiler.wanted(loop.iter, list_of(ANYTHING))
    name = loop.target.id
    inner = compiler.within({name: items.type.element})
    element = inner.compile(node.elt)
    tests = [inner.wanted(test, BOOLEAN).evaluate for test in loop.ifs]
    source = items.evaluate

    def evaluate(scope: Scope) -> Any:
        found = source(scope)
        if found is UNKNOWN:
            return UNKNOWN
        bound = scope.bind(name, UNKNOWN)
        result = []
        for item in found:
            bound.values[name] = item
            counts = both(test(bound) for test in tests)
            if counts is not False:
                result.append(element.evaluate(bound) if counts is True else UNKNOWN)
        return result

    return Term(list_of(element.type), evaluate)
