"""A small bank: writes statements in 全銀 form and as tables, by its own hand and knowing nothing of the reader."""

from dataclasses import dataclass, field
from datetime import date

ERA_BEGAN = 2018


def digits(number: int, width: int) -> str:
    return f"{number:0{width}d}"


def letters(text: str, width: int) -> str:
    return text.ljust(width)[:width]


def wareki(day: date) -> str:
    """令和 in six digits."""
    return f"{day.year - ERA_BEGAN:02d}{day.month:02d}{day.day:02d}"


@dataclass
class Movement:
    """One line; `yen` below 0 goes out."""

    day: date
    yen: int
    text: str = "ﾌﾘｺﾐ"
    payer: str = ""
    reference: int = 0


@dataclass
class Account:
    """An account over some days."""

    first: date
    last: date
    opening: int
    moves: list[Movement] = field(default_factory=list)
    number: int = 1234567
    branch: int = 101

    @property
    def closing(self) -> int:
        return self.opening + sum(move.yen for move in self.moves)

    @property
    def name(self) -> str:
        """What the reader calls it."""
        return f"0001-{self.branch:03d}-1-{self.number:010d}"


def header(account: Account) -> str:
    return (
        "1"
        "03"
        "0"
        + wareki(account.last)
        + wareki(account.first)
        + wareki(account.last)
        + "0001"
        + letters("ﾐﾎﾝｷﾞﾝｺｳ", 15)
        + digits(account.branch, 3)
        + letters("ﾁｭｳｵｳ", 15)
        + "000"
        + "1"
        + digits(account.number, 10)
        + letters("ﾃﾂﾂﾞｷｼ ｶｲｹｲｶﾝﾘｼｬ", 40)
        + ("2" if account.opening < 0 else "1")
        + "1"
        + digits(abs(account.opening), 14)
        + " " * 71
    )


def data(move: Movement) -> str:
    return (
        "2"
        + digits(move.reference, 8)
        + wareki(move.day)
        + wareki(move.day)
        + ("1" if move.yen > 0 else "2")
        + "11"
        + digits(abs(move.yen), 12)
        + digits(0, 12)
        + digits(0, 6)
        + digits(0, 6)
        + "0"
        + digits(0, 7)
        + "000"
        + digits(0, 10)
        + letters(move.payer, 48)
        + " " * 15
        + " " * 15
        + letters(move.text, 20)
        + " " * 20
        + " "
    )


def trailer(account: Account) -> str:
    came = [move.yen for move in account.moves if move.yen > 0]
    went = [-move.yen for move in account.moves if move.yen < 0]
    return (
        "8"
        + digits(len(came), 6)
        + digits(sum(came), 13)
        + digits(len(went), 6)
        + digits(sum(went), 13)
        + ("2" if account.closing < 0 else "1")
        + digits(abs(account.closing), 14)
        + digits(len(account.moves), 7)
        + " " * 139
    )


def end(records: int, accounts: int) -> str:
    return "9" + digits(records, 10) + digits(accounts, 5) + " " * 184


def records(*accounts: Account) -> list[str]:
    """The records of a file."""
    rows = []
    for account in accounts:
        rows += [header(account), *(data(move) for move in account.moves), trailer(account)]
    return [*rows, end(len(rows) + 1, len(accounts))]


def zengin(*accounts: Account, newline: str = "\r\n") -> bytes:
    """The file, as the bank sends it."""
    return as_file(records(*accounts), newline)


def as_file(rows: list[str], newline: str = "\r\n") -> bytes:
    return newline.join(rows).encode("shift_jis") + newline.encode()


def table(account: Account, *, newest_first: bool = False, encoding: str = "cp932") -> bytes:
    """A CSV with running balances."""
    rows, balance = [], account.opening
    for move in account.moves:
        balance += move.yen
        came, went = (f"{move.yen:,}", "") if move.yen > 0 else ("", f"{-move.yen:,}")
        rows.append(f'"{move.day:%Y/%m/%d}","{went}","{came}","{balance:,}","{move.text} {move.payer}"')
    if newest_first:
        rows.reverse()
    head = ['"口座番号","１２３４５６７"', '"取引日","お引出し額（円）","お預入れ額（円）","残高（円）","お取扱内容"']
    return "\r\n".join([*head, *rows, '"合計","","","",""', ""]).encode(encoding)
