"""Conditions between questions of one page, as a rule that the browser can follow."""

import ast
import json
from collections.abc import Callable, Collection, Mapping

from engine.expressions import Expression

Rule = list[object]
Asked = Mapping[str, tuple[str, Callable[[object], str]]]


class _NotForBrowsers(Exception):
    """The condition needs more than comparing what was chosen on this page."""


def browser_rule(condition: Expression, named: Mapping[str, Expression], inputs: Asked) -> str:
    """JSON such as `["or", ["is", "purpose", ["other"]], …]`, or "" where only the server can tell.

    `named` are the procedure's conditions. `inputs` holds the fields of this page where one chooses: by field id the
    name of the input, and how it spells an answer.
    """
    try:
        return json.dumps(_rule(condition.syntax.tree, named, inputs))
    except _NotForBrowsers:
        return ""


def names_below(condition: Expression, named: Mapping[str, Expression]) -> frozenset[str]:
    """The fields a condition rests on, named conditions followed."""
    found: set[str] = set()
    for name in condition.names:
        found |= names_below(named[name], named) if name in named else {name}
    return frozenset(found)


def _rule(node: ast.expr, named: Mapping[str, Expression], inputs: Asked) -> Rule:
    match node:
        case ast.BoolOp(op=op, values=values):
            return ["and" if isinstance(op, ast.And) else "or", *(_rule(value, named, inputs) for value in values)]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _negated(_rule(operand, named, inputs))
        case ast.Name(id=name) if name in named:
            return _rule(named[name].syntax.tree, named, inputs)
        case ast.Name(id=name):
            return _chosen(name, [True], inputs)
        case ast.Compare(left=ast.Constant(value=value), ops=[ast.In()], comparators=[ast.Name(id=name)]):
            return _chosen(name, [value], inputs)
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[right]):
            return _comparison(name, op, right, inputs)
    raise _NotForBrowsers


def _comparison(name: str, op: ast.cmpop, right: ast.expr, inputs: Asked) -> Rule:
    match op, right:
        case ((ast.Eq() | ast.Is()), ast.Constant(value=value)):
            return _chosen(name, [value], inputs)
        case ast.NotEq(), ast.Constant(value=value):
            return _negated(_chosen(name, [value], inputs))
        case ast.In(), ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return _chosen(name, [_constant(part) for part in parts], inputs)
    raise _NotForBrowsers


def _negated(rule: Rule) -> Rule:
    """Only of one choice: an unanswered question makes neither the condition nor its opposite true."""
    if rule[0] != "is":
        raise _NotForBrowsers
    return ["not", rule]


def _chosen(name: str, values: Collection[object], inputs: Asked) -> Rule:
    if name not in inputs:
        raise _NotForBrowsers
    input_name, spell = inputs[name]
    return ["is", input_name, [spell(value) for value in values]]


def _constant(node: ast.expr) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    raise _NotForBrowsers
