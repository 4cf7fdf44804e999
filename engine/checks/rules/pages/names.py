"""A question has a name that its page does not use itself: else its answer would be taken for something else."""

from engine.checks.subject import Subject
from engine.fields.beside import SENT_BY_PAGES
from engine.problems import Code

NAME_OF_PAGE = Code("name-of-page", example="fields: {seen: {type: boolean, title: 見ましたか}}")


def check(subject: Subject) -> None:
    """Report each question by such a name that stands on a page of its step or of a list's item.

    Inside an object its input is named after the object too, and a note has none.
    """
    for placed in subject.fields:
        outer = placed.path[-2:] == ("fields", placed.field.id) or placed.path[-3:-1] == ("items", "properties")
        if outer and placed.field.id in SENT_BY_PAGES and placed.field.type.control != "note":
            subject.problem(NAME_OF_PAGE, placed.path, name=placed.field.id)
