"""Papers: a question for files asks for what can be kept, and limits only what it asks for."""

from engine.checks.subject import Subject
from engine.fields.types.file import PDF, kept_of
from engine.problems import Code

NOT_KEPT = Code("files-never-taken", example="plan: {type: file, title: 計画書, accept: [image/svg+xml]}")
NO_PDF = Code("pages-without-pdf", example="photo: {type: file, title: 写真, accept: [image/*], maxPages: 2}")


def check(subject: Subject) -> None:
    """Report each kind of file that is refused whatever it holds, and limits of pages where no PDF is taken."""
    for placed in subject.fields:
        settings = placed.field.settings
        accept = settings.get("accept") or ()
        for number, one in enumerate(accept):
            if not kept_of([one]):
                subject.problem(NOT_KEPT, (*placed.path, "accept", number), kind=one)
        if "maxPages" in settings and PDF not in kept_of(accept):
            subject.problem(NO_PDF, (*placed.path, "maxPages"))
