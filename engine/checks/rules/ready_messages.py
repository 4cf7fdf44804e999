"""Messages that clerks start from are told apart by their names."""

from engine.checks.subject import Subject
from engine.problems import Code

DUPLICATE_MESSAGE = Code("duplicate-message", example="messages: [{id: photo, …}, {id: photo, …}]")


def check(subject: Subject) -> None:
    """Report each name that another message has already."""
    review = subject.procedure.review
    seen: set[str] = set()
    for index, message in enumerate(review.messages if review else ()):
        if message.id in seen:
            subject.problem(DUPLICATE_MESSAGE, ("review", "messages", index, "id"), name=message.id)
        seen.add(message.id)
