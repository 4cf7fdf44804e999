"""The records of 入出金取引明細 as the banks' association lays them down (全銀協制定フォーマット, 種別コード 03).

200 bytes each in JIS X 0201: header (1), data (2), trailer (8) for each account, one end (9) for the file. Layout of
ordinary and current accounts; numbers are filled with zeroes on the left, letters with spaces on the right.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LENGTH = 200
HEADER, DATA, TRAILER, END = "1", "2", "8", "9"
STATEMENT = "03"
JIS = "0"
IN, OUT = "1", "2"
OVERDRAWN = "2"

Layout = Mapping[str, tuple[int, int]]


def _layout(*fields: tuple[str, int]) -> Layout:
    """Where each field begins and ends."""
    places, start = {}, 0
    for name, length in fields:
        places[name] = (start, start + length)
        start += length
    if start != LENGTH:
        raise ValueError(f"the fields make {start} bytes, not {LENGTH}")
    return places


LAYOUTS: Mapping[str, Layout] = {
    HEADER: _layout(
        ("record", 1),
        ("sort", 2),
        ("code", 1),
        ("made_on", 6),
        ("first_on", 6),
        ("last_on", 6),
        ("bank", 4),
        ("bank_name", 15),
        ("branch", 3),
        ("branch_name", 15),
        ("dummy", 3),
        ("account_type", 1),
        ("account", 10),
        ("holder", 40),
        ("overdrawn", 1),
        ("book", 1),
        ("opening", 14),
        ("rest", 71),
    ),
    DATA: _layout(
        ("record", 1),
        ("reference", 8),
        ("day", 6),
        ("value_day", 6),
        ("direction", 1),
        ("sort", 2),
        ("yen", 12),
        ("cheques", 12),
        ("presented_on", 6),
        ("returned_on", 6),
        ("cheque_sort", 1),
        ("cheque", 7),
        ("other_branch", 3),
        ("payer_code", 10),
        ("payer", 48),
        ("sending_bank", 15),
        ("sending_branch", 15),
        ("text", 20),
        ("message", 20),
        ("rest", 1),
    ),
    TRAILER: _layout(
        ("record", 1),
        ("count_in", 6),
        ("yen_in", 13),
        ("count_out", 6),
        ("yen_out", 13),
        ("overdrawn", 1),
        ("closing", 14),
        ("count", 7),
        ("rest", 139),
    ),
    END: _layout(("record", 1), ("records", 10), ("accounts", 5), ("rest", 184)),
}


TITLES: Mapping[str, str] = {
    "yen": "取引金額",
    "direction": "入払区分",
    "opening": "取引前残高",
    "closing": "取引後残高",
    "count_in": "入金件数",
    "yen_in": "入金額合計",
    "count_out": "出金件数",
    "yen_out": "出金額合計",
    "count": "データ・レコード件数",
    "records": "レコード総件数",
    "accounts": "口座数",
}
"""What the association calls the fields that are named to people."""


class BadField(ValueError):
    """A field that holds something else than it should; the message is its title."""

    def __init__(self, name: str) -> None:
        super().__init__(TITLES[name])


@dataclass(frozen=True, slots=True)
class Record:
    """One record, as text; `place` counts from 1."""

    place: int
    text: str

    @property
    def sort(self) -> str:
        """Header, data, trailer or end."""
        return self.text[:1]

    def __getitem__(self, name: str) -> str:
        """A field without the spaces that fill it."""
        start, end = LAYOUTS[self.sort][name]
        return self.text[start:end].strip()

    def number(self, name: str) -> int:
        """A field of digits; empty is 0. Raises `BadField`."""
        text = self[name]
        if text and not (text.isascii() and text.isdigit()):
            raise BadField(name)
        return int(text or "0")
