"""CSV that Japanese spreadsheets open rightly and that cannot run anything in them."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as Shift_JIS
UTF_8, SHIFT_JIS = "utf-8", "cp932"
GETA = "〓"
"""What printers put where a character is missing from the case; Shift_JIS has it."""

_ALIKE = str.maketrans({"\u301c": "\uff5e", "\u2212": "\uff0d", "\u2014": "\u2015", "\u2016": "\u2225", "¥": "\uffe5"})
"""Signs that Microsoft's Shift_JIS has under another number, in the same shape. No letter and no kanji among them."""

# A cell that begins so is taken for a formula; Japanese versions also take the full-width signs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "\u2212", "＠")


def harmless(cell: object) -> object:
    """The cell as text that no spreadsheet calculates. Numbers stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULA_STARTS) else text


def sheet(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    encoding: str = UTF_8,
    missing: Callable[[int], str] | None = None,
) -> bytes:
    """A table as CSV, whole. See `stream`."""
    return b"".join(stream(head, [list(rows)], encoding, missing))


def stream(
    head: Sequence[str],
    portions: Iterable[Iterable[Sequence[object]]],
    encoding: str = UTF_8,
    missing: Callable[[int], str] | None = None,
) -> Iterator[bytes]:
    """A table as CSV, portion by portion: CR LF, every text quoted.

    UTF-8 with byte order mark, or Shift_JIS as Windows has it (cp932). That lacks characters (𠮷, 葛󠄀): each stands as
    〓, and `missing` words the last line, which says how many.
    """
    yield BYTE_ORDER_MARK.encode() if encoding == UTF_8 else b""
    count = 0
    for portion in chain([[head]], portions):
        content, lacking = _encoded(portion, encoding)
        count += lacking
        yield content
    if count and missing is not None:
        yield _encoded([[missing(count)]], encoding)[0]


def _encoded(rows: Iterable[Sequence[object]], encoding: str) -> tuple[bytes, int]:
    """Lines of CSV, and how many characters the encoding lacks."""
    target = StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    if encoding == UTF_8:
        return target.getvalue().encode(), 0
    text = target.getvalue().translate(_ALIKE)
    try:
        return text.encode(SHIFT_JIS), 0
    except UnicodeEncodeError:
        held = [_held(line) for line in text.splitlines(keepends=True)]
    return "".join(line for line, _ in held).encode(SHIFT_JIS), sum(count for _, count in held)


def _held(text: str) -> tuple[str, int]:
    """The text as Shift_JIS can hold it, and how many characters it could not.

    A selector of variants goes with the character before it: both together are one 〓.
    """
    try:
        text.encode(SHIFT_JIS)
    except UnicodeEncodeError:
        pass
    else:
        return text, 0
    found, count = [], 0
    for sign in text:
        if "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef":
            if found and found[-1] != GETA:
                found[-1] = GETA
                count += 1
            continue
        try:
            sign.encode(SHIFT_JIS)
        except UnicodeEncodeError:
            sign, count = GETA, count + 1  # noqa: PLW2901 - what is kept of it
        found.append(sign)
    return "".join(found), count
