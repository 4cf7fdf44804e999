"""A sheet as a page shows it: every figure with the address of what it is made of."""

from dataclasses import dataclass
from datetime import date, timedelta

from payments.closing.sheet import Line, Sheet
from payments.totals.selection import FIGURES

COLUMNS = ("opening", *FIGURES, "closing")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in yen, and the facts of the address that leads to its entries."""

    name: str
    yen: int
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet with its cells."""

    line: Line
    cells: tuple[Cell, ...]


def columns_of(sheet: Sheet) -> tuple[str, ...]:
    """The columns that a sheet needs: what was carried over between years is rare and shown when there."""
    return tuple(name for name in COLUMNS if name != "carried" or any(line.carried for line in sheet.lines))


def rows_of(sheet: Sheet, since: date, until: date) -> list[Row]:
    """The lines with what each figure leads to; balances lead to all entries of their account up to then."""
    names = columns_of(sheet)
    return [Row(line, tuple(_cell(line, name, since, until) for name in names)) for line in sheet.lines]


def totals_of(sheet: Sheet, since: date, until: date) -> list[Cell]:
    """The last line: every column summed up."""
    span: dict[str, object] = {"since": since, "until": until}
    return [
        Cell(
            name, sum(getattr(line, name) for line in sheet.lines), {**span, "figure": name} if name in FIGURES else {}
        )
        for name in columns_of(sheet)
    ]


def _cell(line: Line, name: str, since: date, until: date) -> Cell:
    of: dict[str, object] = {"bureau": line.bureau, "year": line.fiscal_year}
    if name in FIGURES:
        facts = {"since": since, "until": until, "figure": name, "account": line.account, **of}
    else:
        day = until if name == "closing" else since - timedelta(days=1)
        facts = {"until": day, "ledger": f"receivable:{line.account}", **of}
    return Cell(name, getattr(line, name), facts)
