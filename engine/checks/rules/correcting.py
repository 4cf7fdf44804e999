"""An application that ends because nobody answered ends by a law: without one, the office has to decide."""

from engine.checks.subject import Subject
from engine.problems import Code

LAPSE_WITHOUT_LAW = Code("lapse-without-law", example="correction: {unanswered: lapse}      # but no law")


def check(subject: Subject) -> None:
    """Report a lapse without its legal basis (行政手続法第7条 knows only correction and refusal)."""
    review = subject.procedure.review
    if review is not None and review.correction.lapses and not review.correction.law:
        subject.problem(LAPSE_WITHOUT_LAW, ("review", "correction", "unanswered"))
