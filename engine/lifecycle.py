"""The life of a case as one table: from which status, by which event, to which status, by whom."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    AWAITING_FEE = "awaiting_fee"
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    CORRECTION_REQUESTED = "correction_requested"
    DECISION_PROPOSED = "decision_proposed"
    AWAITING_ISSUE_FEE = "awaiting_issue_fee"
    APPROVED = "approved"
    REFUSED = "refused"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Event(StrEnum):
    """What can happen to a case."""

    SUBMIT = "submit"
    PAY = "pay"
    WAIVE = "waive"
    UNPAY = "unpay"
    CLAIM = "claim"
    REQUEST_CORRECTION = "request_correction"
    RESUBMIT = "resubmit"
    RESUME = "resume"
    PROPOSE = "propose"
    ENDORSE = "endorse"
    STEP_BACK = "step_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    REVOKE = "revoke"
    REOPEN = "reopen"


class Who(StrEnum):
    """In which capacity somebody acts."""

    APPLICANT = "applicant"
    CLERK = "clerk"
    APPROVER = "approver"
    MANAGER = "manager"
    SYSTEM = "system"


class Fact(StrEnum):
    """What decides between two targets of the same event."""

    FEE_DUE = "fee_due"  # a fee above 0 yen is to be paid before the case moves on
    REVIEWED = "reviewed"  # somebody examines the case
    EXAMINED = "examined"  # an examination had begun, so that there is something to go on with
    FEE_UNDECIDED = "fee_undecided"  # a reduction is asked for, and nothing is demanded before somebody has decided


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. It applies when every fact of `given` holds and none of `unless` does."""

    source: Status
    event: Event
    target: Status
    who: frozenset[Who]
    given: frozenset[Fact] = frozenset()
    unless: frozenset[Fact] = frozenset()


def _row(
    source: Status,
    event: Event,
    target: Status,
    *who: Who,
    given: Collection[Fact] = (),
    unless: Collection[Fact] = (),
) -> Transition:
    return Transition(source, event, target, frozenset(who), frozenset(given), frozenset(unless))


S, E, W, F = Status, Event, Who, Fact

TRANSITIONS: tuple[Transition, ...] = (
    _row(S.DRAFT, E.SUBMIT, S.AWAITING_FEE, W.APPLICANT, given=[F.FEE_DUE]),
    _row(S.DRAFT, E.SUBMIT, S.RECEIVED, W.APPLICANT, given=[F.REVIEWED], unless=[F.FEE_DUE]),
    _row(S.DRAFT, E.SUBMIT, S.APPROVED, W.APPLICANT, unless=[F.FEE_DUE, F.REVIEWED]),
    _row(S.DRAFT, E.WITHDRAW, S.WITHDRAWN, W.APPLICANT),
    _row(S.DRAFT, E.LAPSE, S.LAPSED, W.SYSTEM),
    _row(S.AWAITING_FEE, E.PAY, S.RECEIVED, W.SYSTEM, given=[F.REVIEWED]),
    _row(S.AWAITING_FEE, E.PAY, S.APPROVED, W.SYSTEM, unless=[F.REVIEWED]),
    _row(S.AWAITING_FEE, E.WAIVE, S.RECEIVED, W.SYSTEM, given=[F.REVIEWED]),
    _row(S.AWAITING_FEE, E.WAIVE, S.APPROVED, W.SYSTEM, unless=[F.REVIEWED]),
    _row(S.AWAITING_FEE, E.REQUEST_CORRECTION, S.CORRECTION_REQUESTED, W.CLERK, given=[F.FEE_UNDECIDED]),
    _row(S.AWAITING_FEE, E.WITHDRAW, S.WITHDRAWN, W.APPLICANT),
    _row(S.AWAITING_FEE, E.LAPSE, S.LAPSED, W.SYSTEM),
    _row(S.RECEIVED, E.UNPAY, S.AWAITING_FEE, W.SYSTEM),
    _row(S.RECEIVED, E.CLAIM, S.IN_REVIEW, W.CLERK, W.MANAGER, W.SYSTEM),
    _row(S.RECEIVED, E.WITHDRAW, S.WITHDRAWN, W.APPLICANT),
    _row(S.IN_REVIEW, E.REQUEST_CORRECTION, S.CORRECTION_REQUESTED, W.CLERK),
    _row(S.IN_REVIEW, E.PROPOSE, S.DECISION_PROPOSED, W.CLERK),
    _row(S.IN_REVIEW, E.WITHDRAW, S.WITHDRAWN, W.APPLICANT),
    _row(S.CORRECTION_REQUESTED, E.RESUBMIT, S.AWAITING_FEE, W.APPLICANT, given=[F.FEE_UNDECIDED]),
    _row(S.CORRECTION_REQUESTED, E.RESUBMIT, S.IN_REVIEW, W.APPLICANT, unless=[F.FEE_UNDECIDED]),
    _row(S.CORRECTION_REQUESTED, E.RESUME, S.AWAITING_FEE, W.CLERK, W.SYSTEM, given=[F.FEE_UNDECIDED]),
    _row(S.CORRECTION_REQUESTED, E.RESUME, S.IN_REVIEW, W.CLERK, W.SYSTEM, unless=[F.FEE_UNDECIDED]),
    _row(S.CORRECTION_REQUESTED, E.WITHDRAW, S.WITHDRAWN, W.APPLICANT),
    _row(S.CORRECTION_REQUESTED, E.LAPSE, S.LAPSED, W.SYSTEM),
    _row(S.DECISION_PROPOSED, E.ENDORSE, S.DECISION_PROPOSED, W.CLERK, W.APPROVER),
    _row(S.DECISION_PROPOSED, E.STEP_BACK, S.DECISION_PROPOSED, W.CLERK, W.APPROVER),
    _row(S.DECISION_PROPOSED, E.SEND_BACK, S.IN_REVIEW, W.CLERK, W.APPROVER),
    _row(S.DECISION_PROPOSED, E.APPROVE, S.AWAITING_ISSUE_FEE, W.APPROVER, given=[F.FEE_DUE]),
    _row(S.DECISION_PROPOSED, E.APPROVE, S.APPROVED, W.APPROVER, unless=[F.FEE_DUE]),
    _row(S.DECISION_PROPOSED, E.REFUSE, S.REFUSED, W.APPROVER),
    _row(S.AWAITING_ISSUE_FEE, E.PAY, S.APPROVED, W.SYSTEM),
    _row(S.AWAITING_ISSUE_FEE, E.WITHDRAW, S.WITHDRAWN, W.APPLICANT),
    _row(S.AWAITING_ISSUE_FEE, E.LAPSE, S.LAPSED, W.SYSTEM),
    # What was granted is taken away by a decision of its own (職権取消し), never by merely looking at it again. What
    # was not granted is taken up again by the office; what the applicant withdrew is not: they apply anew.
    _row(S.APPROVED, E.REVOKE, S.REVOKED, W.APPROVER, given=[F.REVIEWED]),
    _row(S.REFUSED, E.REOPEN, S.IN_REVIEW, W.APPROVER),
    _row(S.REVOKED, E.REOPEN, S.IN_REVIEW, W.APPROVER),
    _row(S.LAPSED, E.REOPEN, S.IN_REVIEW, W.APPROVER, given=[F.EXAMINED]),
)

FINAL: frozenset[Status] = frozenset({S.APPROVED, S.REFUSED, S.REVOKED, S.WITHDRAWN, S.LAPSED})


class TransitionRefused(Exception):
    """The case cannot do this now, or this person may not do it."""

    def __init__(self, source: Status, event: Event, who: Who) -> None:
        self.source, self.event, self.who = source, event, who
        super().__init__(f"{event} by {who} is not possible from {source}")


def target(source: Status, event: Event, who: Who, facts: Collection[Fact] = ()) -> Status:
    """The status after `event`. Raises `TransitionRefused` where the table has no row for it."""
    holding = frozenset(facts)
    for row in TRANSITIONS:
        if (row.source, row.event) != (source, event) or who not in row.who:
            continue
        if row.given <= holding and not row.unless & holding:
            return row.target
    raise TransitionRefused(source, event, who)


def events_from(source: Status, who: Who) -> frozenset[Event]:
    """What `who` can do with a case that stands at `source`: the buttons to show."""
    return frozenset(row.event for row in TRANSITIONS if row.source == source and who in row.who)
