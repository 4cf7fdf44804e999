"""What may be offered again: only what is the same thing everywhere, and nothing that the law guards."""

from engine.checks.subject import Subject
from engine.problems import Code

WITHOUT_CONCEPT = Code("reuse-without-concept", example="phone: {type: phone, title: 電話番号, reuse: profile}")
GUARDED = Code("reuse-of-sensitive", example="sex: {concept: applicant.sex, reuse: profile}")

NEVER_KEPT = frozenset({"sensitive", "my_number"})
"""要配慮個人情報 and others that need care; 個人番号 (番号法第20条)."""


def check(subject: Subject) -> None:
    """Every field."""
    for placed in subject.fields:
        field, place = placed.field, (*placed.path, "reuse")
        if field.reuse == "profile" and field.concept is None:
            subject.problem(WITHOUT_CONCEPT, place, name=field.id)
        if field.reuse != "never" and field.privacy in NEVER_KEPT:
            subject.problem(GUARDED, place, name=field.id, privacy=str(field.privacy))
