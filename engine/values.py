"""Calculated values for people: what they come to, and why."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.expressions import UNKNOWN, Expression, Scope
from engine.expressions.explaining import explain
from engine.fields.days import show_day
from engine.model import Calculated, Derived
from engine.tables import Row, Table
from engine.tables.table import OTHERWISE
from engine.words import say


def shown(calculated: Calculated, scope: Scope, language: str) -> str | None:
    """The value with its unit, or None while it is unknown."""
    value = calculated.evaluate(scope)
    if value is UNKNOWN or (isinstance(value, list) and UNKNOWN in value):
        return None
    unit = calculated.unit.say(language) if calculated.unit else ""
    space = " " if unit and language == "en" else ""
    return f"{in_words(value, language)}{space}{unit}"


def in_words(value: Any, language: str) -> str:
    """A value of an expression as people read it: 18,300, 2026年4月1日, はい."""
    match value:
        case bool():
            return say("answers.affirmed" if value else "answers.denied", language)
        case Decimal():
            return f"{value.normalize():,f}"
        case date():
            return show_day(value, language)
        case list():
            return say("answers.list_comma", language).join(in_words(item, language) for item in value)
        case Mapping():
            return say("answers.list_comma", language).join(
                f"{name} {in_words(item, language)}" for name, item in value.items() if item is not UNKNOWN
            )
    return str(value)


def why(
    value: Derived, scope: Scope, language: str, titles: Mapping[str, str], conditions: Mapping[str, Expression]
) -> str:
    """The expression in words, or the rows of the table from which its value comes; "" while that is open."""
    if isinstance(value, Expression):
        return value.explain(language, titles, conditions)
    comma = say("answers.list_comma", language)
    return comma.join(_row(value, row, language, titles, conditions) for row in value.deciding(scope))


def _row(table: Table, row: Row, language: str, titles: Mapping[str, str], conditions: Mapping[str, Expression]) -> str:
    if row.index == OTHERWISE:
        return say("why.otherwise", language)
    asked = table.asks(row)
    trees = {name: condition.syntax.tree for name, condition in conditions.items()}
    words = (
        say("why.row_of_all", language)
        if asked is None
        else explain(asked, language, titles, trees, table.types, truth=True)
    )
    return say("why.row", language, number=row.index + 1, asked=words)
