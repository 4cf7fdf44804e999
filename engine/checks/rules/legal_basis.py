"""A person's number is asked only where a law allows it, and nobody can search for it (番号法第15条, 第20条)."""

from engine.checks.subject import Subject
from engine.problems import Code

WITHOUT_LAW = Code("number-without-law", example="number: {type: my_number, title: 個人番号}      # no law")
SEARCHABLE = Code("number-searchable", example="number: {type: my_number, title: 個人番号, law: …, searchable: true}")


def check(subject: Subject) -> None:
    """Every field of a type that needs a law."""
    for placed in subject.fields:
        field = placed.field
        if not field.type.needs_law:
            continue
        if not field.law:
            subject.problem(WITHOUT_LAW, placed.path, name=field.id or field.path)
        if field.searchable:
            subject.problem(SEARCHABLE, (*placed.path, "searchable"), name=field.id)
