"""Fees by table: each row by the case it is about, with what that costs from which day."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from engine.fees.forms import Tabled
from engine.model import Rate
from engine.tables import Row
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.naming import label
from engine.versions.comparing.rules.rates import amount, series_of
from engine.versions.comparing.rules.tables import Case, by_case, rows_wandered
from engine.versions.comparing.sayings import NOTHING, Said, Sayable
from engine.versions.comparing.walking import Walk


def _table(walk: Walk, spot: Spot, old: Tabled, new: Tabled) -> Iterator[Change]:
    """The rows of a fee table hold places among the rates: those are told in their stead."""
    if type(old.table) is not type(new.table):
        yield from walk.value(spot.below("table"), label(old, "table"), old.table, new.table)
        return
    axes_of = partial(replace, rows=(), otherwise=None)
    yield from walk.record(spot.below("table"), axes_of(old.table), axes_of(new.table))
    before, after = by_case(old.table), by_case(new.table)
    here = spot.below("rows")
    for key in [*before, *(key for key in after if key not in before)]:
        was, now = before.get(key), after.get(key)
        if was is not None and now is not None:
            case = here.called(Case(new.table, now, walk.new))
            yield from series_of(case, "yen", _rates(old, was), _rates(new, now))
        elif was is not None:
            told = {"case": Case(old.table, was, walk.old), "after": _last(_rates(old, was))}
            yield Change("row_removed", here, "fee", told)
        elif now is not None:
            told = {"case": Case(new.table, now, walk.new), "after": _last(_rates(new, now))}
            yield Change("row_added", here, "fee", told)
    yield from rows_wandered(here, before, after)
    otherwise = here.called(Said("versions.label_otherwise"))
    yield from series_of(otherwise, "yen", _rates(old, old.table.otherwise), _rates(new, new.table.otherwise))


def _rates(price: Tabled, row: Row | None) -> tuple[Rate, ...]:
    """What a row costs from which day."""
    if row is None or int(row.output) >= len(price.rates):
        return ()
    return price.rates[int(row.output)]


def _last(rates: tuple[Rate, ...]) -> Sayable:
    return amount(rates[-1]) if rates else NOTHING


def _told_by_table(_walk: Walk, _spot: Spot, _old: Tabled, _new: Tabled) -> Iterator[Change]:
    return iter(())


RULES = {("Tabled", "table"): _table, ("Tabled", "rates"): _told_by_table}
