"""Conditions and calculated values are named to be used."""

from engine.checks.rules.pages.repeating import repeated_names
from engine.checks.subject import Subject
from engine.problems import Code

UNUSED = Code("unused-condition", example="conditions: {many: len(dogs) > 3}      # used nowhere", severity="warning")
UNUSED_VALUE = Code("unused-value", example="calculated: {pages: sheets * 2}      # used nowhere", severity="warning")


def check(subject: Subject) -> None:
    """Report conditions and values that nothing refers to; silent while errors may hide who does."""
    if subject.report.failed:
        return
    used = {name for _, expression, _ in subject.expressions for name in expression.names}
    used |= repeated_names(subject)
    used |= {name for kind in subject.procedure.certificates for name in kind.shows}
    for name in subject.procedure.conditions:
        if name not in used:
            subject.problem(UNUSED, ("conditions", name), name=name)
    for name, calculated in subject.procedure.calculated.items():
        if name not in used and not calculated.shown:
            subject.problem(UNUSED_VALUE, ("calculated", name), name=name)
