"""全銀 入出金取引明細: fixed records of 200 bytes, with counts and sums that must agree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from payments.bank.formats.zengin_layout import (
    DATA,
    END,
    HEADER,
    IN,
    JIS,
    LAYOUTS,
    LENGTH,
    OUT,
    OVERDRAWN,
    STATEMENT,
    TRAILER,
    BadField,
    Record,
)
from payments.bank.statements import Line, Reading, Statement, Trouble
from payments.bank.written import NotWritten, read_day

NAME = "zengin"
ORDER = 1
_START = HEADER.encode()
_LETTERS = frozenset([*range(0x20, 0x7F), *range(0xA1, 0xE0)])
_END_OF_FILE = b"\x1a"


@dataclass
class _Account:
    """An account while its records are read."""

    header: Record
    lines: list[Line] = field(default_factory=list)
    data: int = 0


def recognises(content: bytes) -> bool:
    """A header record of the right kind at the beginning, or records of just that length."""
    first = content.split(b"\n", 1)[0].rstrip(b"\r")
    starts = content[:1] == _START and content[1:3].isdigit()
    return starts and (len(first) == LENGTH or b"," not in first)


def read(content: bytes, account: str, today: date) -> Reading:  # noqa: ARG001 - the file names its accounts
    """The statements of the file, verified against its trailers and its end."""
    troubles: list[Trouble] = []
    records = list(_records(content, troubles))
    if troubles:
        return Reading((), tuple(troubles))
    statements = list(_statements(records, today, troubles))
    _check_end(records, len(statements), troubles)
    return Reading(tuple(statements), tuple(troubles))


def _records(content: bytes, troubles: list[Trouble]) -> Iterator[Record]:
    """The records, with or without ends of line between them."""
    bare = content.rstrip(_END_OF_FILE)
    if b"\n" in bare or b"\r" in bare:
        pieces = [piece for piece in bare.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n") if piece]
    else:
        pieces = [bare[start : start + LENGTH] for start in range(0, len(bare), LENGTH)]
    for place, piece in enumerate(pieces, 1):
        if len(piece) != LENGTH:
            troubles.append(Trouble(place, "record_length", {"length": len(piece), "wanted": LENGTH}))
        elif strange := [byte for byte in piece if byte not in _LETTERS]:
            troubles.append(Trouble(place, "record_letters", {"byte": f"0x{strange[0]:02X}"}))
        elif (record := Record(place, piece.decode("shift_jis"))).sort not in LAYOUTS:
            troubles.append(Trouble(place, "record_unknown", {"sort": record.sort}))
        else:
            yield record


def _statements(records: list[Record], today: date, troubles: list[Trouble]) -> Iterator[Statement]:
    """Header, data, trailer, again and again, and nothing after the end."""
    now: _Account | None = None
    for record in records:
        expected = (DATA, TRAILER) if now else (HEADER,) if record.place == 1 else (HEADER, END)
        stop = _out_of_place(record, expected, records)
        if stop is not None:
            troubles.append(stop)
            return
        if record.sort == END:
            return
        try:
            if record.sort == HEADER:
                now = _Account(record)
            elif now is not None and record.sort == DATA:
                now.data += 1
                now.lines.append(_line(record, now.header, today))
            elif now is not None:
                closing, now = now, None
                yield _close(record, closing, today, troubles)
        except NotWritten as wrong:
            troubles.append(Trouble(record.place, "bad_day", {"text": str(wrong)}))
        except BadField as wrong:
            troubles.append(Trouble(record.place, "bad_field", {"field": str(wrong)}))
    if now is not None:
        troubles.append(Trouble(now.header.place, "no_trailer"))


def _out_of_place(record: Record, expected: tuple[str, ...], records: list[Record]) -> Trouble | None:
    """Why nothing after this record can be understood."""
    if record.sort not in expected:
        return Trouble(record.place, "record_order", {"sort": record.sort, "wanted": "・".join(expected)})
    if record.sort == END and record is not records[-1]:
        return Trouble(record.place + 1, "after_end")
    return _header_trouble(record) if record.sort == HEADER else None


def _header_trouble(header: Record) -> Trouble | None:
    if header["sort"] != STATEMENT:
        return Trouble(header.place, "not_a_statement", {"found": header["sort"], "wanted": STATEMENT})
    return None if header["code"] in {JIS, ""} else Trouble(header.place, "not_jis")


def _line(record: Record, header: Record, today: date) -> Line:
    day = read_day(record["day"], today)
    first, last = (read_day(header[name], today) for name in ("first_on", "last_on"))
    if not first <= day <= last:
        raise NotWritten(record["day"])
    direction = record["direction"]
    if direction not in {IN, OUT}:
        raise BadField("direction")
    yen = record.number("yen")
    if yen == 0:
        raise BadField("yen")
    words = [record[name] for name in ("text", "payer", "sending_bank", "message")]
    text = " ".join(dict.fromkeys(word for word in words if word))
    return Line(day, yen if direction == IN else -yen, text, record.place, record["reference"], record["sort"])


def _close(trailer: Record, account: _Account, today: date, troubles: list[Trouble]) -> Statement:
    header, lines = account.header, account.lines
    opening, closing = _balance(header, "opening"), _balance(trailer, "closing")
    if len(lines) == account.data:  # with a line that cannot be read every sum would differ, which says nothing more
        for name, code, found in _sums(lines):
            told = trailer.number(name)
            if told != found:
                troubles.append(Trouble(trailer.place, code, {"told": f"{told:,}", "found": f"{found:,}"}))
        moved = opening + sum(line.yen for line in lines)
        if moved != closing:
            troubles.append(Trouble(trailer.place, "balance", {"told": f"{closing:,}", "found": f"{moved:,}"}))
    first, last = (read_day(header[name], today) for name in ("first_on", "last_on"))
    if first > last:
        raise NotWritten(header["last_on"])
    number = "-".join(header[name] for name in ("bank", "branch", "account_type", "account"))
    return Statement(number, header["holder"], first, last, opening, closing, tuple(lines))


def _balance(record: Record, name: str) -> int:
    yen = record.number(name)
    return -yen if record["overdrawn"] == OVERDRAWN else yen


def _sums(lines: list[Line]) -> tuple[tuple[str, str, int], ...]:
    came, went = [line.yen for line in lines if line.yen > 0], [-line.yen for line in lines if line.yen < 0]
    return (
        ("count_in", "count_in", len(came)),
        ("yen_in", "yen_in", sum(came)),
        ("count_out", "count_out", len(went)),
        ("yen_out", "yen_out", sum(went)),
        ("count", "count_data", len(lines)),
    )


def _check_end(records: list[Record], accounts: int, troubles: list[Trouble]) -> None:
    """Banks count the records with or without the end itself, or those of data alone; all three are taken."""
    if troubles:
        return
    if records[-1].sort != END:
        troubles.append(Trouble(records[-1].place, "no_end"))
        return
    end, data = records[-1], sum(record.sort == DATA for record in records)
    try:
        told, told_accounts = end.number("records"), end.number("accounts")
    except BadField as wrong:
        troubles.append(Trouble(end.place, "bad_field", {"field": str(wrong)}))
        return
    if told not in {len(records), len(records) - 1, data}:
        troubles.append(Trouble(end.place, "count_records", {"told": f"{told:,}", "found": f"{len(records):,}"}))
    if told_accounts != accounts:
        troubles.append(Trouble(end.place, "count_accounts", {"told": told_accounts, "found": accounts}))
