"""Conditions are named to be used."""

from engine.checks.subject import Subject
from engine.problems import Code

UNUSED = Code("unused-condition", example="conditions: {many: len(dogs) > 3}      # used nowhere", severity="warning")


def check(subject: Subject) -> None:
    """Report conditions that nothing refers to; silent while errors may hide who does."""
    if subject.report.failed:
        return
    used = {name for _, expression, _ in subject.expressions for name in expression.names}
    for name in subject.procedure.conditions:
        if name not in used:
            subject.problem(UNUSED, ("conditions", name), name=name)
