"""Calls of the listed functions, and `answered`, which asks instead of evaluating."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from engine.expressions.compiling.literals import is_text
from engine.expressions.compiling.terms import Term
from engine.expressions.errors import ExpressionError, error, suggested
from engine.expressions.functions import FUNCTIONS, Function
from engine.expressions.scope import UNKNOWN
from engine.expressions.types import BOOLEAN, DATE, Type, list_of

if TYPE_CHECKING:
    from engine.expressions.compiling.compiler import Compiler

ANSWERED = "answered"


def call(compiler: Compiler, node: ast.Call) -> Term:
    """The compiled call. Raises `ExpressionError` for unknown functions and arguments that do not fit."""
    if not isinstance(node.func, ast.Name) or node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
        raise compiler.unsupported(node)
    name = node.func.id
    if name == ANSWERED:
        return _answered(compiler, node)
    function = FUNCTIONS.get(name)
    if function is None:
        what, fix = "expressions.unknown_function", "expressions.unknown_function_fix"
        names = suggested(name, (*FUNCTIONS, ANSWERED))
        raise error(what, fix, compiler.offset(node), name=name, names=names)
    if function.several and (len(node.args) > 1 or _is_value(compiler, node, function)):
        return _several(compiler, node, function)
    return _one_by_one(compiler, node, function)


def _answered(compiler: Compiler, node: ast.Call) -> Term:
    if len(node.args) != 1 or not isinstance(node.args[0], ast.Name | ast.Attribute):
        what, fix = "expressions.not_answerable", "expressions.not_answerable_fix"
        raise error(what, fix, compiler.offset(node))
    asked = compiler.compile(node.args[0]).evaluate
    return Term(BOOLEAN, lambda scope: asked(scope) is not UNKNOWN)


def _one_by_one(compiler: Compiler, node: ast.Call, function: Function) -> Term:
    most = len(function.wanted)
    if not most - function.optional <= len(node.args) <= most:
        raise _arguments(compiler, node, function)
    terms = [compiler.wanted(part, type) for part, type in zip(node.args, function.wanted, strict=False)]
    _check_kind(compiler, node, function, terms[0].type)
    parts = [term.evaluate for term in terms]
    result = function.result(tuple(term.type for term in terms))
    return Term(result, lambda scope: function.call([part(scope) for part in parts]))


def _is_value(compiler: Compiler, node: ast.Call, function: Function) -> bool:
    """Whether its only argument is a value such as it takes several of, not a list of them."""
    return len(node.args) == 1 and compiler.compile(node.args[0]).type.kind in function.kinds


def _several(compiler: Compiler, node: ast.Call, function: Function) -> Term:
    """Any number of values of one type, as the list that the function takes."""
    terms = [compiler.compile(part) for part in node.args]
    kind = Type(next((term.type.kind for term in terms if not is_text(term)), DATE.kind))
    _check_kind(compiler, node, function, list_of(kind))
    parts = [compiler.wanted(part, kind).evaluate for part in node.args]
    result = function.result((list_of(kind),))
    return Term(result, lambda scope: function.call([[part(scope) for part in parts]]))


def _check_kind(compiler: Compiler, node: ast.Call, function: Function, first: Type) -> None:
    """Some functions take more than one kind of value: those that they name."""
    kind = first.element.kind if function.several else first.kind
    if function.kinds and kind not in function.kinds:
        raise _arguments(compiler, node, function)


def _arguments(compiler: Compiler, node: ast.Call, function: Function) -> ExpressionError:
    what, fix = "expressions.arguments", "expressions.arguments_fix"
    return error(what, fix, compiler.offset(node), name=function.name, usage=function.usage)
