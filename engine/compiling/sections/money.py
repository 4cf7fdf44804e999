"""Fees: lines with dated rates, waivers, the day to pay by."""

from itertools import pairwise

from engine.compiling import codes
from engine.compiling.formulas import Formulas
from engine.expressions import DATE, NUMBER, Expression
from engine.language.kinds import FormulaSource, Part
from engine.model import FeeLine, Fees, Rate, Waiver

DEFAULT_PAY_BY = "add_days(today, 7)"
ONE = "1"


def build(part: Part | None, formulas: Formulas) -> Fees | None:
    """The fees, or None where the procedure has none (or they are wrong)."""
    if part is None:
        return None
    pay_by = formulas.of_type(_or(part, "pay_by", DEFAULT_PAY_BY), DATE)
    lines = [_line(name, line, formulas) for name, line in part.get("lines", {}).items()]
    waivers = [_waiver(name, waiver, formulas) for name, waiver in part.get("waivers", {}).items()]
    if pay_by is None:
        return None
    return Fees(
        due=part.get("due", "submission"),
        pay_by=pay_by,
        lines=tuple(line for line in lines if line),
        waivers=tuple(waiver for waiver in waivers if waiver),
        refundable=part.get("refundable", False),
    )


def _line(name: str, part: Part, formulas: Formulas) -> FeeLine | None:
    count = formulas.of_type(_or(part, "count", ONE), NUMBER)
    when = formulas.condition(part.get("when"))
    rates = _rates(part, formulas)
    if count is None or "title" not in part.values:
        return None
    return FeeLine(
        id=name,
        title=part.get("title"),
        law=part.get("law", ""),
        account=part.get("account", ""),
        count=count,
        when=when,
        rates=rates,
    )


def _rates(part: Part, formulas: Formulas) -> tuple[Rate, ...]:
    rows = [row for row in part.get("yen", ()) if {"from", "amount"} <= row.values.keys()]
    for earlier, later in pairwise(rows):
        if later.get("from") <= earlier.get("from"):
            formulas.report.add(codes.RATES_ORDER, later.place("from"), later.at("from"), day=later.get("from"))
    return tuple(Rate(row.get("from"), row.get("amount")) for row in rows)


def _waiver(name: str, part: Part, formulas: Formulas) -> Waiver | None:
    when: Expression | None = formulas.condition(part.get("when"))
    if when is None or not {"title", "percent"} <= part.values.keys():
        return None
    return Waiver(
        id=name,
        title=part.get("title"),
        law=part.get("law"),
        when=when,
        percent=part.get("percent"),
        needs=part.get("needs"),
    )


def _or(part: Part, key: str, default: str) -> FormulaSource | None:
    """The expression of `key`; the default where nothing was written, None where it was wrong."""
    if part.wrote(key):
        source: FormulaSource | None = part.get(key)
        return source
    return FormulaSource(default, part.node.line, part.node.col, part.at(key), exact=False)
