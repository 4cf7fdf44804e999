"""A sheet as rows for spreadsheets and as tables of a PDF."""

from collections.abc import Iterator

from engine.words import say
from payments.closing.reading import Closed
from payments.closing.sheet import AccountLine, Line, MethodLine, Sheet
from web.context import language
from web.finance.names import account_name, bureau_named, discrepancy_words, method_name
from web.finance.sending import section
from web.finance.sheets import COLUMNS, columns_of

CSV_HEAD = ("fiscal_year", "account", "account_name", "bureau", *(f"figure_{name}" for name in COLUMNS))
METHOD_HEAD = ("fiscal_year", "account", "method", "bureau", "count", "amount")
ACCOUNT_HEAD = ("code", "other_account", "figure_opening", "debit", "credit", "figure_closing")
LINE_HEAD = ("fiscal_year", "account", "bureau")
WAITING_HEAD = ("found_on", "discrepancy", "reference")


def csv_rows(sheet: Sheet) -> Iterator[list[object]]:
    """The lines, then what was collected by method, then the other accounts; each table with its own head."""
    for line in sheet.lines:
        yield [line.fiscal_year, line.account, line.title, _bureau(line), *(getattr(line, name) for name in COLUMNS)]
    for head, rows in ((METHOD_HEAD, map(_method, sheet.methods)), (ACCOUNT_HEAD, map(_account, sheet.accounts))):
        yield []
        yield [say(f"finance.{key}", language()) for key in head]
        yield from rows


def pdf_sections(sheet: Sheet, sealed: Closed | None = None) -> list[dict[str, object]]:
    """The same as tables, with what did not match when the day was closed."""
    sections = [_lines(sheet), _methods(sheet), _accounts(sheet)]
    if sealed is not None and sealed.waiting:
        rows = [[one.found_on, discrepancy_words(one, language()), one.reference] for one in sealed.waiting]
        sections.append(section(_words("waiting_at_closing"), WAITING_HEAD, rows, len(WAITING_HEAD)))
    return sections


def _lines(sheet: Sheet) -> dict[str, object]:
    names = columns_of(sheet)
    rows = [
        [str(line.fiscal_year), f"{line.title} {line.account}", _bureau(line)]
        + [f"{getattr(line, name):,}" for name in names]
        for line in sheet.lines
    ]
    sums = [f"{sum(getattr(line, name) for line in sheet.lines):,}" for name in names]
    heads = (*LINE_HEAD, *(f"figure_{name}" for name in names))
    return section(_words("by_account"), heads, rows, len(LINE_HEAD), ["", _words("total"), "", *sums])


def _methods(sheet: Sheet) -> dict[str, object]:
    rows = [_texts(_method(row)) for row in sheet.methods]
    sums = [f"{sum(row.count for row in sheet.methods):,}", f"{sum(row.yen for row in sheet.methods):,}"]
    return section(_words("by_method"), METHOD_HEAD, rows, 4, ["", _words("total"), "", "", *sums])


def _accounts(sheet: Sheet) -> dict[str, object]:
    return section(_words("other_accounts"), ACCOUNT_HEAD, [_texts(_account(row)) for row in sheet.accounts], 2)


def _method(row: MethodLine) -> list[object]:
    name = method_name(row.method or "unknown", language())
    return [str(row.fiscal_year), row.account, name, _bureau(row), row.count, row.yen]


def _account(row: AccountLine) -> list[object]:
    title = account_name(row.code, row.title, language())
    return [row.code, title, row.opening, row.debit, row.credit, row.closing]


def _texts(cells: list[object]) -> list[str]:
    return [f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells]


def _bureau(row: Line | MethodLine) -> str:
    return bureau_named(row.bureau, language())


def _words(key: str) -> str:
    return say(f"finance.{key}", language())
