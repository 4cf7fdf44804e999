"""From a syntax tree to closures, each part type-checked once."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.expressions import logic
from engine.expressions.arithmetic import OPERATORS, calculate
from engine.expressions.calls import call
from engine.expressions.comparing import compare, named
from engine.expressions.comprehensions import comprehension
from engine.expressions.errors import ExpressionError, error
from engine.expressions.scope import UNKNOWN, Scope
from engine.expressions.syntax import Source
from engine.expressions.terms import Term
from engine.expressions.types import BOOLEAN, NUMBER, TEXT, Type, list_of, one_of


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the parts of one expression; `names` are those that can be used at this point."""

    source: Source
    names: Mapping[str, Type]

    def compile(self, node: ast.expr) -> Term:
        """The compiled part. Raises `ExpressionError`."""
        handler = HANDLERS.get(type(node))
        if handler is None:
            raise self.unsupported(node)
        return handler(self, node)

    def wanted(self, node: ast.expr, type: Type) -> Term:
        """The same, of a type that is needed here."""
        term = self.compile(node)
        self.check(node, term, type)
        return term

    def check(self, node: ast.AST, term: Term, type: Type) -> None:
        """Raise `ExpressionError` where `term` is of another type."""
        if not term.type.fits(type):
            what, fix = "expressions.wrong_type", "expressions.wrong_type_fix"
            offset, code = self.source.offset(node), self.source.code(node)
            raise error(what, fix, offset, code=code, found=named(term.type), wanted=named(type))

    def unsupported(self, node: ast.AST) -> ExpressionError:
        """Python knows it, but the spec language does not."""
        what, fix = "expressions.unsupported", "expressions.unsupported_fix"
        return error(what, fix, self.source.offset(node), code=self.source.code(node)[:60])

    def within(self, names: Mapping[str, Type]) -> "Compiler":
        """The same with more names, as in a comprehension."""
        return Compiler(self.source, {**self.names, **names})

    def _name(self, node: ast.Name) -> Term:
        type = self.names.get(node.id)
        if type is None:
            known = ", ".join(sorted(self.names))
            what, fix = "expressions.unknown_name", "expressions.unknown_name_fix"
            raise error(what, fix, self.source.offset(node), name=node.id, names=known)
        name = node.id
        return Term(type, lambda scope: scope.look_up(name))

    def _constant(self, node: ast.Constant) -> Term:
        value: Any = node.value
        if isinstance(value, bool):
            return Term(BOOLEAN, lambda _: value, literal=True)
        if isinstance(value, str):
            return Term(TEXT, lambda _: value, literal=True)
        if isinstance(value, int | float):
            number = Decimal(self.source.code(node).replace("_", "") if isinstance(value, float) else value)
            return Term(NUMBER, lambda _: number, literal=True)
        raise self.unsupported(node)

    def _logic(self, node: ast.BoolOp) -> Term:
        parts = [self.wanted(value, BOOLEAN).evaluate for value in node.values]
        combine = logic.both if isinstance(node.op, ast.And) else logic.either
        return Term(BOOLEAN, lambda scope: combine(part(scope) for part in parts))

    def _unary(self, node: ast.UnaryOp) -> Term:
        if isinstance(node.op, ast.Not):
            inner = self.wanted(node.operand, BOOLEAN).evaluate
            return Term(BOOLEAN, lambda scope: logic.opposite(inner(scope)))
        if isinstance(node.op, ast.USub):
            term = self.wanted(node.operand, NUMBER)
            return Term(NUMBER, _negative(term), literal=term.literal)
        raise self.unsupported(node)

    def _arithmetic(self, node: ast.BinOp) -> Term:
        operate = OPERATORS.get(type(node.op))
        if operate is None:
            raise self.unsupported(node)
        left, right = self.wanted(node.left, NUMBER).evaluate, self.wanted(node.right, NUMBER).evaluate
        return Term(NUMBER, lambda scope: calculate(operate, left(scope), right(scope)))

    def _compare(self, node: ast.Compare) -> Term:
        terms = [self.compile(part) for part in (node.left, *node.comparators)]
        tests = [
            compare(self.source, node, op, left, right)
            for op, left, right in zip(node.ops, terms, terms[1:], strict=False)
        ]
        if len(tests) == 1:
            return Term(BOOLEAN, tests[0])
        return Term(BOOLEAN, lambda scope: logic.both(test(scope) for test in tests))

    def _attribute(self, node: ast.Attribute) -> Term:
        owner = self.compile(node.value)
        if owner.type.kind != "record" or node.attr not in owner.type.properties:
            known = ", ".join(owner.type.properties) or "–"
            what, fix = "expressions.unknown_property", "expressions.unknown_property_fix"
            raise error(what, fix, self.source.offset(node), name=node.attr, names=known)
        name, record = node.attr, owner.evaluate
        return Term(owner.type.properties[name], lambda scope: _property(record(scope), name))

    def _written_list(self, node: ast.List | ast.Tuple | ast.Set) -> Term:
        terms = [self.compile(part) for part in node.elts]
        for part, term in zip(node.elts, terms, strict=True):
            self.check(part, term, terms[0].type)
        parts = [term.evaluate for term in terms]
        item = Type(terms[0].type.kind) if terms else one_of(())
        literal = all(term.literal for term in terms)
        return Term(list_of(item), lambda scope: [part(scope) for part in parts], literal=literal)

    def _choice(self, node: ast.IfExp) -> Term:
        test = self.wanted(node.test, BOOLEAN).evaluate
        yes = self.compile(node.body)
        no = self.wanted(node.orelse, yes.type).evaluate

        def evaluate(scope: Scope) -> Any:
            holds = test(scope)
            if holds is UNKNOWN:
                return UNKNOWN
            return yes.evaluate(scope) if holds else no(scope)

        return Term(Type(yes.type.kind, item=yes.type.item, properties=yes.type.properties), evaluate)

    def _call(self, node: ast.Call) -> Term:
        return call(self, node)

    def _comprehension(self, node: ast.GeneratorExp | ast.ListComp) -> Term:
        return comprehension(self, node)


def _negative(term: Term) -> Callable[[Scope], Any]:
    def evaluate(scope: Scope) -> Any:
        value = term.evaluate(scope)
        return UNKNOWN if value is UNKNOWN else -value

    return evaluate


def _property(record: Any, name: str) -> Any:
    return UNKNOWN if record is UNKNOWN else record.get(name, UNKNOWN)


HANDLERS: Mapping[type[ast.expr], Callable[[Compiler, Any], Term]] = {
    ast.Name: Compiler._name,
    ast.Constant: Compiler._constant,
    ast.BoolOp: Compiler._logic,
    ast.UnaryOp: Compiler._unary,
    ast.BinOp: Compiler._arithmetic,
    ast.Compare: Compiler._compare,
    ast.Attribute: Compiler._attribute,
    ast.List: Compiler._written_list,
    ast.Tuple: Compiler._written_list,
    ast.Set: Compiler._written_list,
    ast.IfExp: Compiler._choice,
    ast.Call: Compiler._call,
    ast.GeneratorExp: Compiler._comprehension,
    ast.ListComp: Compiler._comprehension,
}
