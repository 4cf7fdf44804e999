"""Compiles one expression at one point of the procedure, and says precisely what keeps it from compiling."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.compiling import codes
from engine.compiling.formulas.named import Named
from engine.compiling.formulas.names import BUILT_IN, Names, free_names
from engine.expressions import BOOLEAN, Expression, ExpressionError, Type, parse
from engine.language.kinds import FormulaSource
from engine.problems import Report, Suggestion
from engine.words import say

OWN_CODES = {"expressions.no_such_option": codes.UNKNOWN_OPTION}
"""What is wrong so often that it has a code of its own; the rest is `bad-expression`."""


@dataclass(slots=True)
class Formulas:
    """The compiler of expressions: the names visible here, those of the whole procedure, what it calls by name."""

    names: Names
    top: Names
    named: Named
    report: Report

    def within(self, names: Names) -> "Formulas":
        """The same inside a list item or an object."""
        return replace(self, names=names)

    def compile(self, source: FormulaSource | None) -> Expression | None:
        """The expression; None with a problem, or where it rests on something that was reported already."""
        if source is None:
            return None
        used = free_names(source.text)
        usable = [self._usable(name, offset, source) for name, offset in used.items()]
        return self._parse(source, used) if all(usable) else None

    def condition(self, source: FormulaSource | None) -> Expression | None:
        """An expression that is true or false."""
        expression = self.compile(source)
        if source is None or expression is None or expression.type.fits(BOOLEAN):
            return expression
        self.report.add(codes.NOT_A_CONDITION, source, source.path, type=_named(expression.type))
        return None

    def of_type(self, source: FormulaSource | None, wanted: Type) -> Expression | None:
        """An expression with a result of the type `wanted`."""
        expression = self.compile(source)
        if source is None or expression is None or expression.type.fits(wanted):
            return expression
        expected, found = _named(wanted), _named(expression.type)
        self.report.add(codes.WRONG_RESULT, source, source.path, expected=expected, type=found)
        return None

    def finish(self) -> None:
        """Compile the named conditions and values nobody used; called when every field is known."""
        for name in self.named.order:
            if name not in self.named.compiled and name not in self.named.broken:
                self._compile_named(name)

    def _parse(self, source: FormulaSource, used: Iterable[str]) -> Expression | None:
        types = {
            name: self.names.types[name] if name in self.names.types else self.named.compiled[name].type
            for name in used
            if name not in BUILT_IN
        }
        try:
            return parse(source.text, types)
        except ExpressionError as error:
            place = source.spot(error.offset)
            code = OWN_CODES.get(error.key, codes.BAD_EXPRESSION)
            self.report.add(code, place, source.path, message=error.message, advice=error.fix)
            return None

    def _usable(self, name: str, offset: int, source: FormulaSource) -> bool:
        """Whether a name can be used here; where it cannot, that is reported with what to do."""
        if name in self.names.types or name in BUILT_IN:
            return True
        if name in self.names.broken or name in self.named.broken:
            return False
        if name in self.names.later:
            self._refuse_later(name, offset, source)
        elif name in self.named.sources:
            return self._named_usable(name, offset, source)
        elif name in self.names.inside:
            inner = self.names.inside[name]
            place = source.spot(offset)
            self.report.add(codes.INSIDE_LIST, place, source.path, name=name, where=inner.path, usage=inner.usage)
        else:
            known = [*self.names.types, *self.named.sources, *BUILT_IN]
            advice = Suggestion.among(name, known)
            self.report.add(codes.UNKNOWN_NAME, source.spot(offset), source.path, name=name, advice=advice)
        return False

    def _named_usable(self, name: str, offset: int, source: FormulaSource) -> bool:
        if name in self.named.compiled:
            return True
        later = [used for used in sorted(self.named.rests_on[name]) if used in self.top.later]
        if later:
            self._refuse_later(later[0], offset, source)
            return False
        for other in self.named.order[: self.named.order.index(name) + 1]:
            done = other in self.named.compiled or other in self.named.broken
            if not done and self.named.rests_on[other] <= self._known_at_top():
                self._compile_named(other)
        return name in self.named.compiled

    def _compile_named(self, name: str) -> None:
        """It sees the answers of the procedure, never those of an item; wrong ones are reported once."""
        found = self.named.sources[name].compile(self.within(self.top))
        if found is None:
            self.named.broken.add(name)
        else:
            self.named.compiled[name] = found

    def _known_at_top(self) -> frozenset[str]:
        return frozenset(self.top.types) | BUILT_IN

    def _refuse_later(self, name: str, offset: int, source: FormulaSource) -> None:
        where = self.names.later.get(name) or self.top.later[name]
        self.report.add(codes.FORWARD_REFERENCE, source.spot(offset), source.path, name=name, where=where)


def _named(type: Type) -> dict[str, str]:
    return {language: say(f"expressions.{type.kind}", language) for language in ("ja", "en")}
