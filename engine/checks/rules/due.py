"""Fees are due when their amount is known, and when something can still come of paying."""

from engine.checks.subject import Subject
from engine.problems import Code

NEVER_APPROVED = Code("fee-without-approval", example="fees: {due: approval, …}      # but no review")
NEVER_ISSUED = Code("fee-without-issue", example="fees: {due: issue, …}      # but no certificates")
RATE_TOO_LATE = Code("rate-day-too-late", example="fees: {due: submission, rate_on: issued, …}")


def check(subject: Subject) -> None:
    """Report fees that wait for an approval or an issue that never comes, and rates that are not known when due."""
    fees = subject.procedure.fees
    if fees is None:
        return
    if fees.after_review and subject.procedure.review is None and "review" not in subject.root.pairs:
        subject.problem(NEVER_APPROVED, ("fees", "due"), due=fees.due)
    if fees.due == "issue" and not subject.procedure.certificates and "certificates" not in subject.root.pairs:
        subject.problem(NEVER_ISSUED, ("fees", "due"))
    for line in fees.lines:
        if line.rate_on == "issued" and not fees.after_review:
            subject.problem(RATE_TOO_LATE, ("fees", "lines", line.id, "rate_on"))
