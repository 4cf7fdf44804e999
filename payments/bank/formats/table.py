"""A bank's table: CSV or tab-separated, in UTF-8 or Shift_JIS, with a row of headings that says what stands where."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from payments.bank.formats.columns import INCOMING, OUTGOING, roles
from payments.bank.statements import Line, Reading, Statement, Trouble
from payments.bank.written import NotWritten, plain, read_day, read_yen

NAME = "csv"
ORDER = 9
TOTALS = ("合計", "計", "小計", "total")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with the balance after it, where told, and the account it names."""

    line: Line
    balance: int | None
    account: str


class _Wrong(Exception):
    """A row that cannot be read."""

    def __init__(self, code: str, text: str = "") -> None:
        self.code, self.text = code, text
        super().__init__(code)


def recognises(content: bytes) -> bool:
    """Text with a row of headings."""
    text = _decode(content)
    return text is not None and _headings(_rows(text)) is not None


def read(content: bytes, account: str, today: date) -> Reading:
    """One statement for each account; the rows may stand from old to new or from new to old."""
    rows = _rows(_decode(content) or "")
    start, where = _headings(rows) or (0, {})
    troubles: list[Trouble] = []
    found: list[_Row] = []
    for place, cells in rows[start + 1 :]:
        if _says_nothing(cells):
            continue
        try:
            found.append(_row(place, cells, where, account, today))
        except _Wrong as wrong:
            troubles.append(Trouble(place, wrong.code, {"text": wrong.text}))
    if not found and not troubles:
        troubles.append(Trouble(0, "no_lines"))
    if troubles:
        return Reading((), tuple(troubles))
    accounts = list(dict.fromkeys(row.account for row in found))
    statements = [_statement(name, [row for row in found if row.account == name], troubles) for name in accounts]
    return Reading(tuple(statements), tuple(troubles))


def _decode(content: bytes) -> str | None:
    """UTF-8 where it is, else Shift_JIS as banks write it (with their own additions)."""
    for encoding in ("utf-8-sig",) if content.startswith(BYTE_ORDER_MARK) else ("utf-8", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows with the line that each ends on."""
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        return []


def _headings(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, Mapping[str, int]] | None:
    for index, (_, cells) in enumerate(rows):
        if where := roles(cells):
            return index, where
    return None


def _says_nothing(cells: Sequence[str]) -> bool:
    """An empty row, or one of totals."""
    said = [plain(cell) for cell in cells if cell]
    return not said or said[0] in TOTALS


def _row(place: int, cells: Sequence[str], where: Mapping[str, int], account: str, today: date) -> _Row:
    def cell(role: str) -> str:
        index = where.get(role)
        return cells[index] if index is not None and index < len(cells) else ""

    try:
        day = read_day(cell("day"), today)
    except NotWritten as wrong:
        raise _Wrong("bad_day", cell("day")) from wrong
    yen = _amount(cell("in"), cell("out"), cell("amount"), cell("direction"))
    named = plain(cell("account")) or plain(account)
    if not named:
        raise _Wrong("no_account")
    text = " ".join(dict.fromkeys(word for word in (cell("text"), cell("payer")) if word))
    balance = _yen(cell("balance")) if cell("balance") else None
    return _Row(Line(day, yen, text, place, plain(cell("reference"))), balance, named)


def _amount(came: str, went: str, amount: str, direction: str) -> int:
    yen = (_yen(came) if came else 0) - (_yen(went) if went else 0)
    if came and went and _yen(came) and _yen(went):
        raise _Wrong("both_ways", f"{came} / {went}")
    if not yen and amount:
        yen = _yen(amount)
        way = plain(direction).casefold()
        if way and way not in INCOMING | OUTGOING:
            raise _Wrong("bad_direction", direction)
        yen = -yen if way in OUTGOING else yen
    if not yen:
        raise _Wrong("no_amount")
    return yen


def _yen(text: str) -> int:
    try:
        return read_yen(text)
    except NotWritten as wrong:
        raise _Wrong("bad_amount", text) from wrong


def _statement(account: str, rows: list[_Row], troubles: list[Trouble]) -> Statement:
    """Balances, where told, must follow from each other; they also say which way round the rows stand."""
    forward, backward = _break(rows), _break(rows[::-1])
    descends = rows[0].line.day > rows[-1].line.day
    if descends or (forward is not None and backward is None):
        rows, forward = rows[::-1], backward
    days = [row.line.day for row in rows]
    if days != sorted(days):
        wrong = next(row for row, before in zip(rows[1:], rows, strict=False) if row.line.day < before.line.day)
        troubles.append(Trouble(wrong.line.place, "days_mixed"))
    elif forward is not None:
        told, due = rows[forward].balance, (rows[forward - 1].balance or 0) + rows[forward].line.yen
        params = {"told": f"{told:,}", "found": f"{due:,}"}
        troubles.append(Trouble(rows[forward].line.place, "balance", params))
    first, last = rows[0], rows[-1]
    opening = None if first.balance is None else first.balance - first.line.yen
    return Statement(account, "", days[0], days[-1], opening, last.balance, tuple(row.line for row in rows))


def _break(rows: Sequence[_Row]) -> int | None:
    """The first row whose balance does not follow from the one before."""
    for index in range(1, len(rows)):
        before, now = rows[index - 1], rows[index]
        if before.balance is not None and now.balance is not None and before.balance + now.line.yen != now.balance:
            return index
    return None
