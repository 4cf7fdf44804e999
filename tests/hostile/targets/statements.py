"""Statements of the bank: 全銀 records, tables in any encoding."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from payments.bank.formats import read
from tests.hostile.target import Attack, Target
from tests.payments.bank.written import Account, Movement, table, zengin

TODAY = date(2026, 5, 10)
MAY = date(2026, 5, 1)
TABLES = (
    "取引日,入金金額,出金金額,摘要\n2026-05-01,1000,,あ\n",
    "勘定日\t金額\t入払区分\t摘要\nR8.5.1\t１，０００円\t2\tい\n",
    '日付,金額,摘要\n令和8年5月1日,▲500,う\n20260502,"1,500",え\n',
    "銀行名,見本\n\n年月日,お預り金額（円）,お支払金額（円）,差引残高,お取り扱い内容\n080501,700,0,700,お\n",
)


def seeds() -> list[bytes]:
    """Both forms, with one and two accounts, in each encoding."""
    moves = [Movement(MAY, 5000, "ﾌﾘｺﾐ", "ﾔﾏﾀﾞ"), Movement(TODAY, -300, "ﾃｽｳﾘｮｳ", reference=12)]
    one, other = Account(MAY, TODAY, 100, moves), Account(MAY, TODAY, -5, moves[:1], number=7654321)
    encodings = ("cp932", "utf-8", "utf-8-sig")
    return [
        *(zengin(one), zengin(one, other), zengin(one, newline="")),
        *(table(one, encoding=encoding, newest_first=newest) for encoding in encodings for newest in (True, False)),
        *(text.encode(encoding) for text in TABLES for encoding in encodings),
    ]


def attack(source: bytes) -> frozenset[str]:
    """Its format and its troubles; what is read adds up."""
    name, reading = read(source, "普通 1234567", TODAY)
    for trouble in reading.troubles:
        assert trouble.say("ja")
    for statement in reading.statements:
        assert statement.first_on <= statement.last_on
        assert all(isinstance(line.yen, int) and line.yen for line in statement.lines)
    return frozenset({name, f"{len(reading.statements)}", *(trouble.code for trouble in reading.troubles)})


@contextmanager
def opened() -> Iterator[Attack]:
    """Needs nothing."""
    yield attack


TARGET = Target(seeds, opened, few=400)
