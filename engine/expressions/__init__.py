"""Expressions of the spec language: typed when compiled, three-valued when evaluated, explained to people."""

from engine.expressions.errors import ExpressionError
from engine.expressions.expression import Expression, parse
from engine.expressions.functions import FUNCTIONS
from engine.expressions.scope import UNKNOWN, Scope, Unknown
from engine.expressions.types import ANYTHING, BOOLEAN, DATE, NUMBER, TEXT, Type, list_of, one_of, record

__all__ = [
    "ANYTHING",
    "BOOLEAN",
    "DATE",
    "FUNCTIONS",
    "NUMBER",
    "TEXT",
    "UNKNOWN",
    "Expression",
    "ExpressionError",
    "Scope",
    "Type",
    "Unknown",
    "list_of",
    "one_of",
    "parse",
    "record",
]
