"""What the parts of the fees are built with, and the amounts by date that they share."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from engine.compiling.formulas import Formulas
from engine.compiling.sections.money import codes
from engine.compiling.series import yen
from engine.compiling.tariffs import Tariffs
from engine.expressions import Expression, Type
from engine.expressions.explaining import explain
from engine.fees.wording import IF_WHOLE, OTHERS, told
from engine.language.kinds import FormulaSource, Part
from engine.model import Calculated, Field, Rounding, Text
from engine.model.prices import ALWAYS, Series
from engine.problems import Report, Suggestion
from engine.titles import all_speak, titles_of

NO_ROUND = {"ja": "round がない額", "en": "no “round”"}


@dataclass(frozen=True)
class Source:
    """The compiler of expressions, the shared tariffs, the fields, and the titles of all lines by id."""

    formulas: Formulas
    tariffs: Tariffs
    fields: tuple[Field, ...]
    lines: Mapping[str, Text | None]

    @property
    def report(self) -> Report:
        """Where problems go."""
        return self.formulas.report

    def within(self, formulas: Formulas) -> "Source":
        """The same for expressions that see other names."""
        return replace(self, formulas=formulas)

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """What people call the names in expressions, by language."""
        called = {name: one.title for name, one in self._calculated.items() if one.title is not None}
        own = called.values()
        whole = [
            code
            for code in IF_WHOLE
            if all_speak(self.fields, code) and all(title.language_of(code) == code for title in own)
        ]
        return {
            language: {name: title.say(language) for name, title in called.items()} | titles_of(self.fields, language)
            for language in ("ja", *OTHERS, *whole)
        }

    @property
    def _calculated(self) -> Mapping[str, Calculated]:
        named = self.formulas.named.compiled
        return {name: one for name, one in named.items() if isinstance(one, Calculated)}

    @cached_property
    def spelt_out(self) -> Mapping[str, Expression]:
        """What is told in place of its name: conditions, and calculated values that nobody has titled."""
        found = {name: one for name, one in self.formulas.named.compiled.items() if isinstance(one, Expression)}
        for name, one in self._calculated.items():
            if one.title is None and isinstance(one.value, Expression):
                found[name] = one.value
        return found

    def tell(self, expression: Expression) -> Text:
        """An expression in words."""
        return told(expression, self.titles, self.spelt_out)

    def tell_condition(self, asked: ast.expr, types: Mapping[str, Type]) -> Text:
        """What holds, in words."""
        trees = {name: one.syntax.tree for name, one in self.spelt_out.items()}
        spoken = {
            language: explain(asked, language, called, trees, types, truth=True)
            for language, called in self.titles.items()
        }
        return Text(spoken.pop("ja"), spoken)

    def formula(self, part: Part, key: str, default: str) -> FormulaSource | None:
        """The expression of `key`; the default where nothing was written, None where it was wrong."""
        if part.wrote(key):
            source: FormulaSource | None = part.get(key)
            return source
        return FormulaSource(default, part.node.line, part.node.col, part.at(key), exact=False)


def amounts(part: Part, source: Source, start: date = ALWAYS) -> Series | None:
    """The `yen` or the `tariff` of a line, a tier or a row; None where that is wrong or missing."""
    if part.wrote("tariff"):
        return _of_tariff(part, source)
    return yen(part, "yen", source.report, start) or None


def rounding(part: Part, report: Report) -> Rounding | None:
    """How a line, a share or the whole is rounded; a unit without a direction is none."""
    if part.wrote("to") and not part.wrote("round"):
        report.add(codes.USELESS_KEY, part.place("to"), part.at("to"), key="to", form=NO_ROUND)
    how = part.get("round")
    return None if how is None else Rounding(how, part.get("to", 1))


def _of_tariff(part: Part, source: Source) -> Series | None:
    name = part.get("tariff")
    rate = source.tariffs.rates.get(name)
    if name is not None and rate is None:
        advice = Suggestion.among(name, source.tariffs.rates)
        source.report.add(codes.UNKNOWN_TARIFF, part.place("tariff"), part.at("tariff"), name=name, advice=advice)
    return None if rate is None else rate.series
