"""Whoever acts for somebody else signs in: a mandate is given to somebody."""

from engine.checks.subject import Subject
from engine.problems import Code

NO_SIGN_IN = Code(
    "representation-without-sign-in",
    example="sign_in: {required: false}\n    representation: {by: [family], needs: grant}",
)


def check(subject: Subject) -> None:
    """Report a procedure with representation that lets people apply without signing in."""
    procedure = subject.procedure
    if procedure.representation is not None and not procedure.sign_in.required:
        subject.problem(NO_SIGN_IN, ("representation",))
