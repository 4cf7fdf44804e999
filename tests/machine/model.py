"""What must be so, in a few plain records: whose a case is, what was typed, where it stands."""

from dataclasses import dataclass, field

from engine.lifecycle import TRANSITIONS, Who

ENDED = frozenset({"approved", "refused", "revoked", "withdrawn", "lapsed"})
SENT = frozenset({"received", "in_review", "correction_requested", "decision_proposed"})


@dataclass
class Case:
    """A case as whoever began it knows it.

    `typed` is what its first page must show when they come back, as far as that is certain; `accepted` what was last
    taken there; `pay_pages` are those of Stripe that were opened for it.
    """

    id: str
    owner: str
    procedure: str
    status: str = "draft"
    typed: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    pay_pages: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    claimed_by: str | None = None
    proposer: str | None = None
    gone: bool = False


def by_itself(status: str) -> frozenset[str]:
    """Where a case can have come from `status` without any person."""
    reached, waiting = {status}, [status]
    while waiting:
        here = waiting.pop()
        found = {str(row.target) for row in TRANSITIONS if row.source == here and Who.SYSTEM in row.who} - reached
        reached |= found
        waiting += found
    return frozenset(reached)


def after_sending(case: Case) -> str:
    """Where a draft stands once it is sent: what costs nothing is received, what nobody examines is done."""
    if case.procedure == "notice":
        return "approved"
    if case.procedure == "copy-of-record":
        return "awaiting_fee"
    if case.procedure == "permit":
        return "awaiting_fee" if int(case.accepted["copies"]) else "received"
    return "received"


def after_approval(case: Case) -> str:
    """What is paid after it is approved waits for its fee."""
    if case.procedure == "kennel" or (case.procedure == "proof" and int(case.accepted["copies"])):
        return "awaiting_issue_fee"
    return "approved"


def before_correcting(case: Case) -> str:
    """Where a case goes on once it is corrected: a reduction that nobody has decided on still waits for that."""
    return "awaiting_fee" if case.procedure == "copy-of-record" and case.claimed_by is None else "in_review"
