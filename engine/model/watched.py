"""After which steps each stop and warning is to be judged."""

import ast
from collections.abc import Iterable, Iterator, Mapping

from engine.expressions import Expression
from engine.expressions.compiling.calls import ANSWERED
from engine.expressions.functions import FUNCTIONS
from engine.model.calculated import Calculated
from engine.model.rules import Caution, Stop

ANYWHERE = ""
"""In place of a step: after the first on the path, for what rests on no answer but only on the day."""

MINDING_SILENCE = frozenset({ANSWERED} | {name for name, one in FUNCTIONS.items() if one.minds_silence})
"""What is known although that which it is about is not."""

Rule = Stop | Caution
NamedValues = Mapping[str, Expression | Calculated]


def by_step(rules: Iterable[Rule], step_of: Mapping[str, str], named: NamedValues) -> Mapping[str, tuple[Rule, ...]]:
    """The rules to judge after each step. `step_of` gives the step of each field, in the order of the steps."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for step in _steps(rule, step_of, named):
            found.setdefault(step, []).append(rule)
    return {step: tuple(some) for step, some in found.items()}


def _steps(rule: Rule, step_of: Mapping[str, str], named: NamedValues) -> Iterable[str]:
    """A rule of the procedure is looked at after every step that it speaks of: one of them may decide it alone.

    What minds silence (`answered`, `total`) would hold too soon, before the question is there: the last one decides.
    """
    if rule.step is not None:
        return (rule.step,)
    spoken_of = fields_of(rule.when, named)
    steps = list(dict.fromkeys(step for field, step in step_of.items() if field in spoken_of))
    return (steps[-1:] if minds_silence(rule.when, named) else steps) or (ANYWHERE,)


def fields_of(expression: Expression, named: NamedValues) -> frozenset[str]:
    """The fields that an expression speaks of, itself or through conditions and calculated values."""
    return frozenset(name for one in _with_named(expression, named) for name in one.names - named.keys())


def minds_silence(expression: Expression, named: NamedValues) -> bool:
    """Whether it takes no answer for an answer, so that more answers may change what it says."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MINDING_SILENCE
        for one in _with_named(expression, named)
        for node in ast.walk(one.syntax.tree)
    )


def _with_named(expression: Expression, named: NamedValues) -> Iterator[Expression]:
    """The expression and those behind every name that it rests on; they never run in circles."""
    waiting, seen = [expression], set[str]()
    while waiting:
        one = waiting.pop()
        yield one
        fresh = (one.names & named.keys()) - seen
        seen |= fresh
        for name in sorted(fresh):
            waiting += _behind(named[name])


def _behind(value: Expression | Calculated) -> Iterable[Expression]:
    if isinstance(value, Expression):
        return (value,)
    return (value.value,) if isinstance(value.value, Expression) else value.value.expressions()
