"""Refunds (還付): of a payment, requested by one person, approved by another, sent by a job, confirmed by asking."""

from payments.refunds.deciding import approve, reject
from payments.refunds.outside import note_paid_outside
from payments.refunds.recording import note_state
from payments.refunds.requesting import How, request
from payments.refunds.rules import REASONS, RefundMoved, RefundRefused, Way

__all__ = [
    "REASONS",
    "How",
    "RefundMoved",
    "RefundRefused",
    "Way",
    "approve",
    "note_paid_outside",
    "note_state",
    "reject",
    "request",
]
