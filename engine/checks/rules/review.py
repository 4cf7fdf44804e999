"""An examination can end: somebody approves, somebody can refuse with reasons, and the refused learn how to appeal."""

from engine.checks.subject import Subject
from engine.problems import Code

NO_APPROVER = Code("no-approver", example="stages: {check: {title: 審査, role: clerk}}")
NO_REFUSAL_REASONS = Code("no-refusal-reasons", example="review: {office: …, stages: …}      # no refusal_reasons")
NO_APPEAL = Code("no-appeal", example="refusal_reasons: […]      # but no appeal", severity="warning")


def check(subject: Subject) -> None:
    """Report what an examination lacks."""
    procedure = subject.procedure
    if procedure.review is None:
        return
    if procedure.review.stages and all(stage.role != "approver" for stage in procedure.review.stages):
        subject.problem(NO_APPROVER, ("review", "stages"))
    if not procedure.review.refusal_reasons:
        subject.problem(NO_REFUSAL_REASONS, ("review", "refusal_reasons"))
    elif procedure.review.appeal is None:
        subject.problem(NO_APPEAL, ("review", "appeal"))
