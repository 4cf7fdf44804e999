"""Comparisons name options that exist."""

from engine.checks.reasoning.references import comparisons, tree_of
from engine.checks.subject import Subject
from engine.problems import Code, Suggestion

UNKNOWN_OPTION = Code("unknown-option", example="when: who == 'agnt'")


def check(subject: Subject) -> None:
    """Report every constant that a choice can never be."""
    for path, expression, scope in subject.expressions:
        for comparison in comparisons(tree_of(expression.source), scope):
            field = comparison.field
            if not field.options or comparison.counted:
                continue
            known = {str(option.value): option.value for option in field.options}
            for value in comparison.values:
                if value not in known.values():
                    advice = Suggestion.among(str(value), known)
                    subject.problem(UNKNOWN_OPTION, path, field=field.path, value=value, advice=advice)
