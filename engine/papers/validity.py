"""Whether a certificate is issued, and until when it is good."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.expressions import Scope
from engine.journey import holds, keep, walk
from engine.model import CertificateKind, Procedure


class NoLastDay(Exception):
    """The formula gives no day for these answers, or one before the day of issue."""


def scope_at(procedure: Procedure, answers: Mapping[str, Any], staff: Mapping[str, Any], issued_on: date) -> Scope:
    """What the formulas of certificates see: the answers on the path, and what staff have filled in."""
    scope = walk(procedure, answers, issued_on).scope
    for field in procedure.review.clerk_fields if procedure.review else ():
        if field.id in staff:
            keep(field, staff[field.id], scope)
    return scope


def is_issued(kind: CertificateKind, scope: Scope) -> bool:
    """Whether there is no condition, or it is known to be true."""
    return holds(kind.when, scope)


def last_day(kind: CertificateKind, issued_on: date, scope: Scope) -> date | None:
    """The last day on which it is good; None: for ever. Raises `NoLastDay`.

    A period of years or months that begins on a day ends the day before the same date (民法第143条). Of days, the day
    of issue is the first.
    """
    if kind.valid_until is not None:
        last = kind.valid_until.evaluate(scope)
        if not isinstance(last, date) or last < issued_on:
            raise NoLastDay(kind.id)
        return last
    if kind.valid_days is not None:
        return issued_on + timedelta(days=kind.valid_days - 1)
    months = 12 * kind.valid_years if kind.valid_years is not None else kind.valid_months
    return None if months is None else _day_before(issued_on, months)


def _day_before(start: date, months: int) -> date:
    """The day before the same date so many months on; where the month has no such date, its last day."""
    count = start.month - 1 + months
    year, month = start.year + count // 12, count % 12 + 1
    try:
        return date(year, month, start.day) - timedelta(days=1)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
