"""Charges, postings and figures as screens and other layers read them: frozen values, no database rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from engine.fees import QuotedLine
from engine.words import say

ChargeStatus = Literal["demanded", "paid", "lapsed", "cancelled"]
Purpose = Literal["submission", "approval", "difference", "again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeView:
    """One charge (調定): `due_on` is the last day to pay in Tokyo, `due_at` its end in UTC; `method` once paid."""

    id: str
    application_id: str
    reference: str
    procedure_id: str
    payer: str
    purpose: Purpose
    status: ChargeStatus
    yen: int
    waived_yen: int
    lines: tuple[QuotedLine, ...]
    fiscal_year: int
    demanded_at: datetime
    due_on: date
    due_at: datetime
    paid_at: datetime | None
    method: str | None
    ended_at: datetime | None

    @property
    def adjusted_yen(self) -> int:
        """What limits and rounding of the whole added to the lines, or took from them (below 0)."""
        return self.yen + self.waived_yen - sum(line.yen for line in self.lines)


@dataclass(frozen=True, slots=True)
class EntryView:
    """One row of the ledger; debit and credit are account codes."""

    debit: str
    debit_title: str
    credit: str
    credit_title: str
    yen: int


@dataclass(frozen=True, slots=True)
class PostingView:
    """A group of entries made by one event: demand, receipt, lapse, cancel, fee, suspense, payout, reversal."""

    id: int
    kind: str
    at: datetime
    charge_id: str | None
    reference: str | None
    source: str
    reverses: int | None
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    """Something that does not match and waits for a person. `found_at` is UTC; `say` reads it out."""

    id: str
    kind: str
    charge_id: str | None
    reference: str | None
    provider_object: str
    expected: str
    found: str
    found_at: datetime
    resolved_at: datetime | None
    resolution: str | None = None

    def say(self, language: str) -> str:
        """What is wrong and what to do, for the finance officer."""
        return say_discrepancy(self.kind, language, self.provider_object, self.expected, self.found)


def say_discrepancy(kind: str, language: str, subject: str, expected: str, found: str) -> str:
    """What does not match and what to do, for the finance officer; `subject` is the provider's id of it."""
    return say(f"payment.discrepancy_{kind}", language, subject=subject, expected=expected, found=found)
