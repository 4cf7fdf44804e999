"""Decisions: proposed by one person with reasons, decided by another, once a turn; taken up again or revoked later."""

from procedures.decisions.changing import (
    Hearing,
    confirm,
    drop,
    propose_reopening,
    propose_revocation,
)
from procedures.decisions.deciding import Decided, approve, send_back
from procedures.decisions.outcomes import CHANGES, OUTCOMES, Change, Outcome
from procedures.decisions.proposing import propose

__all__ = [
    "CHANGES",
    "OUTCOMES",
    "Change",
    "Decided",
    "Hearing",
    "Outcome",
    "approve",
    "confirm",
    "drop",
    "propose",
    "propose_reopening",
    "propose_revocation",
    "send_back",
]
