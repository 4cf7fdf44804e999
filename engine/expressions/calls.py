"""Calls of the listed functions, and `answered`, which asks instead of evaluating."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from engine.expressions.comparing import as_date
from engine.expressions.errors import ExpressionError, error
from engine.expressions.functions import FUNCTIONS, Function
from engine.expressions.scope import UNKNOWN
from engine.expressions.terms import Term
from engine.expressions.types import ANYTHING, BOOLEAN, TEXT, Type, list_of

if TYPE_CHECKING:
    from engine.expressions.compiling import Compiler

ANSWERED = "answered"
MEASURABLE = frozenset({"list", "text", "anything"})


def call(compiler: Compiler, node: ast.Call) -> Term:
    """The compiled call. Raises `ExpressionError` for unknown functions and arguments that do not fit."""
    if not isinstance(node.func, ast.Name) or node.keywords:
        raise compiler.unsupported(node)
    name = node.func.id
    if name == ANSWERED:
        return _answered(compiler, node)
    function = FUNCTIONS.get(name)
    if function is None:
        names = ", ".join(sorted([*FUNCTIONS, ANSWERED]))
        what, fix = "expressions.unknown_function", "expressions.unknown_function_fix"
        raise error(what, fix, compiler.source.offset(node), name=name, names=names)
    if function.several and len(node.args) > 1:
        return _several(compiler, node, function)
    return _one_by_one(compiler, node, function)


def _answered(compiler: Compiler, node: ast.Call) -> Term:
    if len(node.args) != 1 or not isinstance(node.args[0], ast.Name | ast.Attribute):
        what, fix = "expressions.not_answerable", "expressions.not_answerable_fix"
        raise error(what, fix, compiler.source.offset(node))
    asked = compiler.compile(node.args[0]).evaluate
    return Term(BOOLEAN, lambda scope: asked(scope) is not UNKNOWN)


def _one_by_one(compiler: Compiler, node: ast.Call, function: Function) -> Term:
    most = len(function.wanted)
    if not most - function.optional <= len(node.args) <= most:
        raise _arguments(compiler, node, function)
    terms = [_argument(compiler, part, type) for part, type in zip(node.args, function.wanted, strict=False)]
    if function.name == "len" and terms[0].type.kind not in MEASURABLE:
        compiler.check(node.args[0], terms[0], list_of(ANYTHING))
    parts = [term.evaluate for term in terms]
    result = function.result(tuple(term.type for term in terms))
    return Term(result, lambda scope: function.call([part(scope) for part in parts]))


def _several(compiler: Compiler, node: ast.Call, function: Function) -> Term:
    """Any number of values of one type, as the list that the function takes."""
    first = compiler.compile(node.args[0])
    kind = Type(first.type.kind)
    parts = [first.evaluate, *(_argument(compiler, part, kind).evaluate for part in node.args[1:])]
    result = function.result((list_of(kind),))
    return Term(result, lambda scope: function.call([[part(scope) for part in parts]]))


def _argument(compiler: Compiler, node: ast.expr, type: Type) -> Term:
    term = compiler.compile(node)
    if type.kind == "date" and term.literal and term.type == TEXT:
        return as_date(compiler.source, node, term)
    compiler.check(node, term, type)
    return term


def _arguments(compiler: Compiler, node: ast.Call, function: Function) -> ExpressionError:
    least, most = len(function.wanted) - function.optional, len(function.wanted)
    wanted = str(most) if least == most else f"{least}–{most}"
    what, fix = "expressions.arguments", "expressions.arguments_fix"
    return error(what, fix, compiler.source.offset(node), name=function.name, wanted=wanted, usage=function.usage)
