"""Stops, warnings and checks tell some answers from others: none holds whatever is answered, none fails always."""

from engine.checks.reasoning.possible import Demands
from engine.checks.reasoning.references import Scope
from engine.checks.subject import Condition, PlacedCheck, Subject
from engine.expressions import Expression, parse
from engine.problems import Code

ALWAYS_STOPS = Code("always-stops", example="stops: {minor: {when: age > 17 or age < 18, …}}")
ALWAYS_WARNS = Code("always-warns", example="warnings: {late: {when: days > 0 or days < 1, …}}", severity="warning")
NEVER_KEPT = Code("never-kept", example="checks: [{that: adults > 3 and adults < 2, …}]")
ALWAYS_KEPT = Code("always-kept", example="checks: [{that: adults > 3 or adults < 4, …}]", severity="warning")

CODES = {"stop": ALWAYS_STOPS, "warning": ALWAYS_WARNS}


def check(subject: Subject) -> None:
    """Report each rule whose outcome is the same for all answers."""
    for condition in subject.conditions:
        if condition.what in CODES and not subject.reasoner.possible(_otherwise(condition.demands)):
            _report(subject, condition)
    for placed in subject.checks:
        _judge(subject, placed)


def _report(subject: Subject, condition: Condition) -> None:
    subject.problem(CODES[condition.what], condition.path, condition=condition.demands[-1][0].source)


def _judge(subject: Subject, placed: PlacedCheck) -> None:
    kept = (*placed.demands, (placed.check.that, placed.scope))
    path = (*placed.path, "that")
    if not subject.reasoner.possible(kept):
        subject.problem(NEVER_KEPT, path, condition=placed.check.that.source)
    elif not subject.reasoner.possible(_otherwise(kept)):
        subject.problem(ALWAYS_KEPT, path, condition=placed.check.that.source)


def _otherwise(demands: Demands) -> Demands:
    """The same, with the last of them known false."""
    *outer, (expression, scope) = demands
    return (*outer, _denied(expression, scope))


def _denied(expression: Expression, scope: Scope) -> tuple[Expression, Scope]:
    return parse(f"not ({expression.source})", expression.types), scope
