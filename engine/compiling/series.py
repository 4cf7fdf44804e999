"""Amounts and percentages by date, as a spec or a tariff writes them, in order and without gaps."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from engine.compiling import codes
from engine.language.kinds import Part
from engine.model import Rate
from engine.model.prices import ALWAYS, Series, Share
from engine.problems import Report

DAY = timedelta(days=1)


def yen(part: Part, key: str, report: Report, start: date = ALWAYS) -> Series:
    """The yen of `key` by date; a bare number holds from `start`."""
    written = part.get(key)
    if isinstance(written, int):
        return (Rate(start, written),)
    rows = _rows(written or (), "amount", report)
    return tuple(Rate(row.get("from"), row.get("amount"), row.get("until")) for row in rows)


def shares(part: Part, key: str, report: Report, start: date = ALWAYS) -> tuple[Share, ...]:
    """The percentages of `key` by date."""
    written = part.get(key)
    if isinstance(written, int | float):
        return (Share(start, Decimal(str(written))),)
    rows = _rows(written or (), "percent", report)
    return tuple(Share(row.get("from"), Decimal(str(row.get("percent"))), row.get("until")) for row in rows)


def check_order(rows: list[Part], report: Report) -> None:
    """Each from a later day than the one before; one that ends does so on the day before the next begins."""
    for earlier, later in pairwise(rows):
        begins, ended = later.get("from"), earlier.get("until")
        if begins <= earlier.get("from"):
            report.add(codes.RATES_ORDER, later.place("from"), later.at("from"), day=begins)
        elif ended is not None and ended >= begins:
            report.add(codes.RATES_OVERLAP, earlier.place("until"), earlier.at("until"), until=ended, start=begins)
        elif ended is not None and ended + DAY < begins:
            report.add(codes.RATES_GAP, later.place("from"), later.at("from"), until=ended, start=begins)


def _rows(written: Any, needed: str, report: Report) -> list[Part]:
    rows = [row for row in written if {"from", needed} <= row.values.keys()]
    check_order(rows, report)
    return rows
