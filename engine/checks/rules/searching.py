"""What staff could search for and gain nothing by, or must not find people by."""

from engine.checks.subject import Subject
from engine.problems import Code

NOT_SEARCHABLE = Code("not-searchable", example="papers: {type: file, title: 書類, searchable: true}")
SECRET = frozenset({"sensitive", "financial"})
"""The privacy classes of which a list of the people behind an answer must not be one search away."""


def check(subject: Subject) -> None:
    """Every field that is searchable; numbers that need a law are told by `legal_basis`."""
    for placed in subject.fields:
        field = placed.field
        if field.searchable and not field.type.needs_law and (not field.type.findable or field.privacy in SECRET):
            subject.problem(NOT_SEARCHABLE, (*placed.path, "searchable"), name=field.id or field.path)
