"""A message for a keyword belongs to a field that has the keyword: else nobody ever reads it."""

from engine.checks.subject import Subject
from engine.problems import Code

UNUSED_MESSAGE = Code("unused-message", example="name: {type: text, title: 氏名, errors: {maxLength: …}}")

ALWAYS = frozenset({"required", "type"})


def check(subject: Subject) -> None:
    """Report each message that cannot be said."""
    for placed in subject.fields:
        field = placed.field
        known = ALWAYS | field.schema.keys() | field.limits.keys() | field.settings.keys()
        if field.options:
            known |= {"enum"}
        for keyword in field.errors:
            if keyword not in known:
                subject.problem(UNUSED_MESSAGE, (*placed.path, "errors", keyword), keyword=keyword, name=field.id)
