"""A bank's tables: columns by their names, either encoding, either order, and faults by line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.bank.formats import read
from payments.bank.written import NotWritten, read_day, read_yen
from tests.payments.bank.written import Account, Movement, table

TODAY = date(2026, 5, 10)
MAY = date(2026, 5, 1)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    days = sorted(draw(st.lists(st.dates(MAY, TODAY), min_size=1, max_size=8)))
    texts = st.sampled_from(["ﾌﾘｺﾐ", "振込　ストライプ", "手数料", "髙橋 𠮷子"[:2]])
    yen = st.integers(-(10**9), 10**9).filter(bool)
    moves = [Movement(day, draw(yen), draw(texts)) for day in days]
    return Account(days[0], days[-1], draw(st.integers(-(10**9), 10**9)), moves)


@given(accounts(), st.booleans(), st.sampled_from(["cp932", "utf-8", "utf-8-sig"]))
def test_what_a_bank_writes_is_read_back(one: Account, newest_first: bool, encoding: str) -> None:
    name, reading = read(table(one, newest_first=newest_first, encoding=encoding), "普通 1234567", TODAY)
    assert (name, reading.troubles) == ("csv", ())
    (statement,) = reading.statements
    assert statement.account == "普通 1234567"
    assert (statement.opening_yen, statement.closing_yen) == (one.opening, one.closing)
    assert statement.moved_yen == sum(move.yen for move in one.moves)
    assert [line.day for line in statement.lines] == [move.day for move in one.moves]
    if sorted({move.day for move in one.moves}) == [move.day for move in one.moves] or not newest_first:
        assert [line.yen for line in statement.lines] == [move.yen for move in one.moves]


def lines_of(text: str, account: str = "A") -> list[tuple[str, int, str]]:
    _, reading = read(text.encode(), account, TODAY)
    assert reading.troubles == ()
    return [(str(line.day), line.yen, line.text) for statement in reading.statements for line in statement.lines]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("取引日,入金金額,出金金額,摘要\n2026-05-01,1000,,あ\n", [("2026-05-01", 1000, "あ")]),
        ("勘定日\t金額\t入払区分\t摘要\nR8.5.1\t１，０００円\t2\tい\n", [("2026-05-01", -1000, "い")]),
        (
            '日付,金額,摘要\n令和8年5月1日,▲500,う\n20260502,"1,500",え\n',
            [("2026-05-01", -500, "う"), ("2026-05-02", 1500, "え")],
        ),
        (
            "銀行名,見本\n\n年月日,お預り金額（円）,お支払金額（円）,差引残高,お取り扱い内容\n080501,700,0,700,お\n",
            [("2026-05-01", 700, "お")],
        ),
        ("date,deposit,withdrawal,text\n5/1,1,,x\n2026/05/01,,9,y\n", None),
    ],
)
def test_columns_are_found_by_their_names(text: str, found: list[tuple[str, int, str]] | None) -> None:
    if found is None:
        _, reading = read(text.encode(), "A", TODAY)
        assert [(trouble.place, trouble.code) for trouble in reading.troubles] == [(2, "bad_day")]
    else:
        assert lines_of(text) == found


HEAD = "取引日,入金,出金,残高,摘要\n"


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ("2026-05-01,千円,,,あ\n", "bad_amount", 2),
        ("2026-05-01,1.5,,,あ\n", "bad_amount", 2),
        ("2026-05-01,,,,あ\n", "no_amount", 2),
        ("2026-05-01,0,0,,あ\n", "no_amount", 2),
        ("2026-05-01,5,6,,あ\n", "both_ways", 2),
        ("5月1日,5,,,あ\n", "bad_day", 2),
        ("2026-02-30,5,,,あ\n", "bad_day", 2),
        ("1999-05-01,5,,,あ\n", "bad_day", 2),
        ("2026-05-01,5,,5,あ\n2026-05-03,5,,10,い\n2026-05-02,5,,15,う\n", "days_mixed", 4),
        ("2026-05-01,5,,5,あ\n2026-05-02,5,,11,い\n", "balance", 3),
        ("\n", "no_lines", 0),
    ],
)
def test_each_fault_is_told_with_its_line(rows: str, code: str, place: int) -> None:
    _, reading = read((HEAD + rows).encode(), "A", TODAY)
    assert (reading.troubles[0].code, reading.troubles[0].place) == (code, place)
    assert reading.statements == () or code in {"balance", "days_mixed"}
    for language in ("ja", "en"):
        assert "{" not in reading.troubles[0].say(language)


def test_an_account_must_be_named() -> None:
    _, reading = read((HEAD + "2026-05-01,5,,,あ\n").encode(), " ", TODAY)
    assert [trouble.code for trouble in reading.troubles] == ["no_account"]


def test_one_statement_for_each_account_in_a_table() -> None:
    text = "照会口座,勘定日,入金\n普通１,2026-05-01,5\n普通2,2026-05-01,6\n普通1,2026-05-02,7\n"
    _, reading = read(text.encode("cp932"), "", TODAY)
    assert [(one.account, [line.yen for line in one.lines]) for one in reading.statements] == [
        ("普通1", [5, 7]),
        ("普通2", [6]),
    ]


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", "取引日,摘要\n2026-05-01,x\n".encode(), b"\xff\xfe\x00", b"PK\x03\x04"]
)
def test_what_is_no_statement_is_told_so(content: bytes) -> None:
    assert [trouble.code for trouble in read(content, "A", TODAY)[1].troubles] == ["unknown_format"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-01", MAY),
        ("２０２６／５／１", MAY),
        ("2026年5月1日", MAY),
        ("20260501", MAY),
        ("R8.5.1", MAY),
        ("令和８年５月１日", MAY),
        ("080501", MAY),
        ("260501", MAY),
        ("26/5/1", MAY),
        ("8.5.1", MAY),
        ("2026ー05ー01", MAY),
        ("H31.4.30", None),
        ("2026-13-01", None),
        ("000000", None),
        ("明日", None),
        ("", None),
        ("2026-06-30", None),
    ],
)
def test_days_as_banks_write_them(text: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(NotWritten):
            read_day(text, TODAY)
    else:
        assert read_day(text, TODAY) == day


@given(st.integers(-(10**13), 10**13))
def test_amounts_however_they_are_written(yen: int) -> None:
    wide = str.maketrans("0123456789,-", "０１２３４５６７８９，－")
    for text in (f"{yen}", f"{yen:,}", f"{yen:,}円", f"{yen:,}".replace("-", "▲"), f"{yen:,}".translate(wide)):
        assert read_yen(text) == yen


@pytest.mark.parametrize("text", ["", "-", "1,00", "1,0000", "1.0", "一", "--1", "1e3", "٣"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(NotWritten):
        read_yen(text)
