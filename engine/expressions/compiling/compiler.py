"""Compiles the parts of one expression; what each kind of part needs stands in the modules beside this one."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from engine.expressions.compiling.calls import call
from engine.expressions.compiling.comprehensions import comprehension
from engine.expressions.compiling.literals import as_date, is_text
from engine.expressions.compiling.parts import PARTS, Handler
from engine.expressions.compiling.terms import Term
from engine.expressions.errors import ExpressionError, error, named
from engine.expressions.syntax import Source
from engine.expressions.types import Type

HANDLERS: Mapping[type[ast.expr], Handler] = {
    **PARTS,
    ast.Call: call,
    ast.GeneratorExp: comprehension,
    ast.ListComp: comprehension,
}


@dataclass(frozen=True, slots=True)
class Compiler:
    """`names` are those that can be used at this point."""

    source: Source
    names: Mapping[str, Type]

    def compile(self, node: ast.expr) -> Term:
        """The compiled part. Raises `ExpressionError`."""
        handler = HANDLERS.get(type(node))
        if handler is None:
            raise self.unsupported(node)
        return handler(self, node)

    def wanted(self, node: ast.expr, type: Type) -> Term:
        """The same, of a type that is needed here; where that is a date, a text that was written out becomes one."""
        term = self.compile(node)
        if type.kind == "date" and is_text(term):
            return as_date(self.source, node, term)
        self.check(node, term, type)
        return term

    def check(self, node: ast.AST, term: Term, type: Type) -> None:
        """Raise `ExpressionError` where `term` is of another type."""
        if not term.type.fits(type):
            what, fix = "expressions.wrong_type", "expressions.wrong_type_fix"
            found, wanted = named(term.type), named(type)
            raise error(what, fix, self.offset(node), code=self.source.code(node), found=found, wanted=wanted)

    def unsupported(self, node: ast.AST) -> ExpressionError:
        """Python knows it, but the spec language does not."""
        what, fix = "expressions.unsupported", "expressions.unsupported_fix"
        return error(what, fix, self.offset(node), code=self.source.code(node)[:60])

    def within(self, names: Mapping[str, Type]) -> "Compiler":
        """The same with more names, as in a comprehension."""
        return Compiler(self.source, {**self.names, **names})

    def offset(self, node: ast.AST) -> int:
        """Where `node` begins, in characters."""
        return self.source.offset(node)
