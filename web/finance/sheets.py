"""A sheet as a page, a CSV and a PDF show it: every figure with the address of what it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.words import say
from payments.closing.reading import Closed
from payments.closing.sheet import Line, Sheet
from payments.totals.selection import FIGURES
from web.context import language
from web.finance.names import account_name, bureau_named, method_name

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
        Cell(name, sum(getattr(line, name) for line in sheet.lines), {**span, "figure": name} if name in FIGURES else {})
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


CSV_HEAD = ("fiscal_year", "account", "account_name", "bureau", *(f"figure_{name}" for name in COLUMNS))


def csv_rows(sheet: Sheet) -> Iterator[list[object]]:
    """The lines for spreadsheets, then what was collected by method, then the other accounts."""
    spoken = language()
    for line in sheet.lines:
        named = [line.fiscal_year, line.account, line.title, bureau_named(line.bureau, spoken)]
        yield [*named, *(getattr(line, name) for name in COLUMNS)]
    if sheet.methods:
        yield []
        yield [say(f"finance.{key}", spoken) for key in ("fiscal_year", "account", "method", "bureau", "count", "amount")]
    for method in sheet.methods:
        named = [method.fiscal_year, method.account, method_name(method.method or "unknown", spoken)]
        yield [*named, bureau_named(method.bureau, spoken), method.count, method.yen]
    if sheet.accounts:
        yield []
        yield ["", *(say(f"finance.{key}", spoken) for key in ("code", "other_account", "figure_opening", "debit", "credit", "figure_closing"))]
    for account in sheet.accounts:
        title = account_name(account.code, account.title, spoken)
        yield ["", account.code, title, account.opening, account.debit, account.credit, account.closing]


def pdf_sections(sheet: Sheet, sealed: Closed | None = None) -> list[dict[str, object]]:
    """The same as tables of a PDF."""
    sections = [_lines(sheet), _methods(sheet), _accounts(sheet)]
    if sealed is not None and sealed.waiting:
        sections.append(_waiting(sealed))
    return sections


def _lines(sheet: Sheet) -> dict[str, object]:
    spoken, names = language(), columns_of(sheet)
    rows = [
        [str(line.fiscal_year), f"{line.title} {line.account}", bureau_named(line.bureau, spoken)]
        + [f"{getattr(line, name):,}" for name in names]
        for line in sheet.lines
    ]
    sums = [f"{sum(getattr(line, name) for line in sheet.lines):,}" for name in names]
    heads = ("fiscal_year", "account", "bureau", *(f"figure_{name}" for name in names))
    return _table("by_account", heads, rows, 3, ["", say("finance.total", spoken), "", *sums])


def _methods(sheet: Sheet) -> dict[str, object]:
    spoken = language()
    rows = [
        [
            str(row.fiscal_year),
            row.account,
            bureau_named(row.bureau, spoken),
            method_name(row.method or "unknown", spoken),
            f"{row.count:,}",
            f"{row.yen:,}",
        ]
        for row in sheet.methods
    ]
    sums = [f"{sum(row.count for row in sheet.methods):,}", f"{sum(row.yen for row in sheet.methods):,}"]
    heads = ("fiscal_year", "account", "bureau", "method", "count", "amount")
    return _table("by_method", heads, rows, 4, ["", say("finance.total", spoken), "", "", *sums])


def _accounts(sheet: Sheet) -> dict[str, object]:
    spoken = language()
    rows = [
        [account_name(row.code, row.title, spoken), *(f"{yen:,}" for yen in (row.opening, row.debit, row.credit, row.closing))]
        for row in sheet.accounts
    ]
    heads = ("other_account", "figure_opening", "debit", "credit", "figure_closing")
    return _table("other_accounts", heads, rows, 1, [])


def _waiting(sealed: Closed) -> dict[str, object]:
    rows = [
        [one.found_on, say(f"payment.discrepancy_{one.kind}", language(), subject=one.subject, expected=one.expected, found=one.found), one.reference]
        for one in sealed.waiting
    ]
    return _table("waiting_at_closing", ("found_on", "discrepancy", "reference"), rows, 3, [])


def _table(
    heading: str, heads: Sequence[str], rows: Sequence[list[str]], left: int, total: Sequence[str]
) -> dict[str, object]:
    """A section of a PDF; the columns from `left` on hold numbers."""
    spoken = language()
    columns = [{"title": say(f"finance.{key}", spoken), "right": number >= left} for number, key in enumerate(heads)]
    note = "" if rows else say("finance.none_this_day", spoken)
    return {"heading": say(f"finance.{heading}", spoken), "columns": columns, "rows": list(rows), "total": list(total), "note": note}
