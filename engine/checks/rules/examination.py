"""What staff fill in and tick off: in stages that exist, each under a name of its own, as questions of one page."""

from engine.checks.subject import Subject
from engine.model import Review
from engine.problems import Code, Suggestion

NOT_A_STAGE = Code("not-a-stage", example="checklist: [{id: seal, stage: chekc, …}]")
DUPLICATE_ITEM = Code("duplicate-check-item", example="checklist: [{id: seal, …}, {id: seal, …}]")
NAME_OF_ANSWER = Code(
    "clerk-field-name", example="clerk_fields: {name: {…}}      # the applicant's name is `name`, too"
)
NOT_FOR_STAFF = Code("not-for-staff", example="clerk_fields: {photo: {type: file, …}}")


def check(subject: Subject) -> None:
    """Report what no screen of the examination could show, or nobody could tell apart."""
    review = subject.procedure.review
    if review is not None:
        _fields(subject, review)
        _items(subject, review)


def _fields(subject: Subject, review: Review) -> None:
    for field in review.clerk_fields:
        path = ("review", "clerk_fields", field.id)
        _stage(subject, review, (*path, "stage"), field.settings.get("stage", ""))
        if field.id in subject.top:
            subject.problem(NAME_OF_ANSWER, path, name=field.id)
        if field.type.control == "file" or field.is_list:
            subject.problem(NOT_FOR_STAFF, (*path, "type"), name=field.id, type=field.type.name)


def _items(subject: Subject, review: Review) -> None:
    seen: set[str] = set()
    for index, item in enumerate(review.checklist):
        path = ("review", "checklist", index)
        _stage(subject, review, (*path, "stage"), item.stage)
        if item.id in seen:
            subject.problem(DUPLICATE_ITEM, (*path, "id"), name=item.id)
        seen.add(item.id)


def _stage(subject: Subject, review: Review, path: tuple[str | int, ...], name: str) -> None:
    known = [stage.id for stage in review.stages]
    if name and name not in known:
        subject.problem(NOT_A_STAGE, path, name=name, advice=Suggestion.among(name, known))
