"""A compiled part of an expression: its type and the closure that evaluates it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.expressions.scope import Scope
from engine.expressions.types import Type

Evaluate = Callable[[Scope], Any]


@dataclass(frozen=True, slots=True)
class Term:
    """`literal` marks what was written out as text, which may still become a date."""

    type: Type
    evaluate: Evaluate
    literal: bool = False
