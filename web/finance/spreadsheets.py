"""CSV that Japanese spreadsheets open rightly and that cannot run anything in them."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as Shift_JIS

# A cell that begins so is taken for a formula; Japanese versions also take the full-width signs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: object) -> object:
    """The cell as text that no spreadsheet calculates. Numbers stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULA_STARTS) else text


def sheet(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV: UTF-8 with byte order mark, CR LF, every text quoted."""
    target = StringIO()
    target.write(BYTE_ORDER_MARK)
    writer = csv.writer(target, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8")
