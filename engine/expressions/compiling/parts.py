"""The parts of an expression that need no more than their own pieces: names, constants, operators, lists, choices."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.expressions.compiling import logic
from engine.expressions.compiling.arithmetic import OPERATORS, calculate
from engine.expressions.compiling.comparing import Side, compare
from engine.expressions.compiling.literals import constant
from engine.expressions.compiling.terms import Evaluate, Term
from engine.expressions.errors import error, suggested
from engine.expressions.scope import UNKNOWN, Scope
from engine.expressions.types import ANYTHING, BOOLEAN, NUMBER, Type, list_of

if TYPE_CHECKING:
    from engine.expressions.compiling.compiler import Compiler

Handler = Callable[["Compiler", Any], Term]


def _name(compiler: Compiler, node: ast.Name) -> Term:
    type = compiler.names.get(node.id)
    if type is None:
        what, fix = "expressions.unknown_name", "expressions.unknown_name_fix"
        raise error(what, fix, compiler.offset(node), name=node.id, names=suggested(node.id, compiler.names))
    name = node.id
    return Term(type, lambda scope: scope.look_up(name))


def _constant(compiler: Compiler, node: ast.Constant) -> Term:
    term = constant(compiler.source, node)
    if term is None:
        raise compiler.unsupported(node)
    return term


def _logic(compiler: Compiler, node: ast.BoolOp) -> Term:
    parts = [compiler.wanted(value, BOOLEAN).evaluate for value in node.values]
    combine = logic.both if isinstance(node.op, ast.And) else logic.either
    return Term(BOOLEAN, lambda scope: combine(part(scope) for part in parts))


def _unary(compiler: Compiler, node: ast.UnaryOp) -> Term:
    if isinstance(node.op, ast.Not):
        inner = compiler.wanted(node.operand, BOOLEAN).evaluate
        return Term(BOOLEAN, lambda scope: logic.opposite(inner(scope)))
    if isinstance(node.op, ast.USub):
        term = compiler.wanted(node.operand, NUMBER)
        return Term(NUMBER, _negative(term.evaluate), literal=term.literal)
    raise compiler.unsupported(node)


def _negative(evaluate: Evaluate) -> Evaluate:
    def negative(scope: Scope) -> Any:
        value = evaluate(scope)
        return UNKNOWN if value is UNKNOWN else value.copy_negate()

    return negative


def _arithmetic(compiler: Compiler, node: ast.BinOp) -> Term:
    operate = OPERATORS.get(type(node.op))
    if operate is None:
        raise compiler.unsupported(node)
    left, right = (compiler.wanted(part, NUMBER).evaluate for part in (node.left, node.right))
    return Term(NUMBER, lambda scope: calculate(operate, left(scope), right(scope)))


def _compare(compiler: Compiler, node: ast.Compare) -> Term:
    sides = [Side(part, compiler.compile(part)) for part in (node.left, *node.comparators)]
    links = zip(node.ops, sides, sides[1:], strict=False)
    tests = [compare(compiler.source, node, op, left, right) for op, left, right in links]
    if len(tests) == 1:
        return Term(BOOLEAN, tests[0])
    return Term(BOOLEAN, lambda scope: logic.both(test(scope) for test in tests))


def _attribute(compiler: Compiler, node: ast.Attribute) -> Term:
    owner = compiler.compile(node.value)
    if owner.type.kind != "record" or node.attr not in owner.type.properties:
        what, fix = "expressions.unknown_property", "expressions.unknown_property_fix"
        names = suggested(node.attr, owner.type.properties)
        raise error(what, fix, compiler.offset(node), name=node.attr, names=names)
    return Term(owner.type.properties[node.attr], _property(owner.evaluate, node.attr))


def _property(record: Evaluate, name: str) -> Evaluate:
    def evaluate(scope: Scope) -> Any:
        found = record(scope)
        return UNKNOWN if found is UNKNOWN else found.get(name, UNKNOWN)

    return evaluate


def _written_list(compiler: Compiler, node: ast.List | ast.Tuple | ast.Set) -> Term:
    terms = [compiler.compile(part) for part in node.elts]
    for part, term in zip(node.elts, terms, strict=True):
        compiler.check(part, term, terms[0].type)
    parts = [term.evaluate for term in terms]
    item = Type(terms[0].type.kind) if terms else ANYTHING
    literal = all(term.literal for term in terms)
    return Term(list_of(item), lambda scope: [part(scope) for part in parts], literal=literal)


def _choice(compiler: Compiler, node: ast.IfExp) -> Term:
    test = compiler.wanted(node.test, BOOLEAN).evaluate
    yes = compiler.compile(node.body)
    no = compiler.wanted(node.orelse, yes.type).evaluate

    def evaluate(scope: Scope) -> Any:
        holds = test(scope)
        if holds is UNKNOWN:
            return UNKNOWN
        return yes.evaluate(scope) if holds else no(scope)

    return Term(Type(yes.type.kind, item=yes.type.item, properties=yes.type.properties), evaluate)


PARTS: Mapping[type[ast.expr], Handler] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.BoolOp: _logic,
    ast.UnaryOp: _unary,
    ast.BinOp: _arithmetic,
    ast.Compare: _compare,
    ast.Attribute: _attribute,
    ast.List: _written_list,
    ast.Tuple: _written_list,
    ast.Set: _written_list,
    ast.IfExp: _choice,
}
