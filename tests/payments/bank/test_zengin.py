"""全銀 入出金取引明細: read back as written, and every fault told by its record."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.bank.formats import LARGEST, read
from payments.bank.formats.zengin_layout import LAYOUTS, LENGTH
from tests.payments.bank.written import Account, Movement, as_file, end, records, zengin

TODAY = date(2026, 5, 10)
MAY = date(2026, 5, 1)


def account(**changes: object) -> Account:
    moves = [
        Movement(MAY, 12_345, "ｽﾄﾗｲﾌﾟｼﾞﾔﾊﾟﾝ", "STRIPE", 1),
        Movement(date(2026, 5, 2), -440, "ﾃｽｳﾘｮｳ", "", 2),
        Movement(date(2026, 5, 2), 500, "ﾌﾘｺﾐ", "ﾔﾏﾀﾞ ﾊﾅｺ", 3),
    ]
    told = {"first": MAY, "last": date(2026, 5, 5), "opening": 100_000, "moves": moves} | changes
    return Account(**told)


def test_a_statement_is_read() -> None:
    name, reading = read(zengin(account()), "", TODAY)
    assert (name, reading.troubles) == ("zengin", ())
    (statement,) = reading.statements
    assert (statement.account, statement.holder) == ("0001-101-1-0001234567", "ﾃﾂﾂﾞｷｼ ｶｲｹｲｶﾝﾘｼｬ")
    assert (statement.first_on, statement.last_on) == (MAY, date(2026, 5, 5))
    assert (statement.opening_yen, statement.closing_yen, statement.moved_yen) == (100_000, 112_405, 12_405)
    assert [(line.day, line.yen, line.text, line.place, line.reference) for line in statement.lines] == [
        (MAY, 12_345, "ｽﾄﾗｲﾌﾟｼﾞﾔﾊﾟﾝ STRIPE", 2, "00000001"),
        (date(2026, 5, 2), -440, "ﾃｽｳﾘｮｳ", 3, "00000002"),
        (date(2026, 5, 2), 500, "ﾌﾘｺﾐ ﾔﾏﾀﾞ ﾊﾅｺ", 4, "00000003"),
    ]


KANA = st.text("ｱｶｻﾀﾅﾊﾏﾔﾗﾜﾝﾞﾟｰABCXYZ0189 ()-.", max_size=20)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    first = draw(st.dates(date(2024, 1, 1), date(2026, 5, 1)))
    days = draw(st.integers(0, 40))
    last = min(first + timedelta(days=days), TODAY)
    moves = draw(
        st.lists(
            st.builds(
                Movement,
                st.dates(first, last),
                st.integers(-(10**11), 10**11).filter(bool),
                KANA,
                KANA,
                st.integers(0, 99_999_999),
            ),
            max_size=8,
        )
    )
    number = draw(st.integers(0, 9_999_999))
    return Account(first, last, draw(st.integers(-(10**12), 10**12)), moves, number, draw(st.integers(0, 999)))


@given(st.lists(accounts(), min_size=1, max_size=3), st.sampled_from(["\r\n", "\n", "\r", ""]))
def test_what_a_bank_writes_is_read_back(written: list[Account], newline: str) -> None:
    _, reading = read(zengin(*written, newline=newline), "", TODAY)
    assert reading.troubles == ()
    assert [statement.account for statement in reading.statements] == [one.name for one in written]
    for statement, one in zip(reading.statements, written, strict=True):
        assert (statement.opening_yen, statement.closing_yen) == (one.opening, one.closing)
        assert (statement.first_on, statement.last_on) == (one.first, one.last)
        assert [(line.day, line.yen) for line in statement.lines] == [(move.day, move.yen) for move in one.moves]
        for line, move in zip(statement.lines, one.moves, strict=True):
            assert move.text.strip() in line.text
            assert move.payer.strip() in line.text


@given(st.data())
def test_no_damage_of_a_digit_goes_unnoticed(data: st.DataObject) -> None:
    """Change one digit of any amount, count or balance: the sums no longer agree."""
    rows = records(account())
    fields = {0: ["opening"], 1: ["yen"], 2: ["yen"], 3: ["yen"], 5: ["records", "accounts"]}
    fields[4] = ["count_in", "yen_in", "count_out", "yen_out", "closing", "count"]
    index = data.draw(st.sampled_from(sorted(fields)))
    start, stop = LAYOUTS[rows[index][0]][data.draw(st.sampled_from(fields[index]))]
    place = data.draw(st.integers(start, stop - 1))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != rows[index][place]]))
    rows[index] = rows[index][:place] + digit + rows[index][place + 1 :]
    _, reading = read(as_file(rows), "", TODAY)
    allowed = rows[index].startswith("9") and int(rows[index][1:11]) in {5, 3}  # other ways of counting
    assert reading.troubles or allowed


@given(st.binary(max_size=900))
def test_any_bytes_are_told_about_and_never_an_error(content: bytes) -> None:
    for prefix in (b"", b"103", "取引日,入金\n".encode()):
        _, reading = read(prefix + content, "", TODAY)
        assert reading.troubles or all(statement.lines for statement in reading.statements)


def change(index: int, start: int, text: str) -> Callable[[list[str]], list[str]]:
    """Overwrite part of a record; `start` counts from 1 as the association does."""

    def changed(rows: list[str]) -> list[str]:
        row = rows[index]
        rows[index] = row[: start - 1] + text + row[start - 1 + len(text) :]
        return rows

    return changed


@pytest.mark.parametrize(
    ("damage", "code", "place"),
    [
        (change(0, 2, "21"), "not_a_statement", 1),
        (change(0, 4, "1"), "not_jis", 1),
        (change(1, 10, "089999"), "bad_day", 2),
        (change(1, 10, "080420"), "bad_day", 2),
        (change(1, 22, "3"), "bad_field", 2),
        (change(1, 25, "00000000000A"), "bad_field", 2),
        (change(1, 25, "000000000000"), "bad_field", 2),
        (change(4, 2, "000009"), "count_in", 5),
        (change(4, 8, "0000000000001"), "yen_in", 5),
        (change(4, 21, "000009"), "count_out", 5),
        (change(4, 27, "0000000000001"), "yen_out", 5),
        (change(4, 41, "00000000000001"), "balance", 5),
        (change(4, 55, "0000009"), "count_data", 5),
        (change(5, 2, "0000000099"), "count_records", 6),
        (change(5, 12, "00009"), "count_accounts", 6),
        (change(5, 2, "00000000X6"), "bad_field", 6),
        (lambda rows: rows[1:], "unknown_format", 0),
        (lambda rows: [rows[0], *rows[2:]], "count_in", 4),
        (lambda rows: [*rows[:4], rows[5]], "record_order", 5),
        (lambda rows: rows[:5], "no_end", 5),
        (lambda rows: rows[:3], "no_trailer", 1),
        (lambda rows: [*rows, *records(account())], "after_end", 7),
        (lambda rows: [rows[0], rows[1][:-1], *rows[2:]], "record_length", 2),
        (lambda rows: [rows[0], "7" + rows[1][1:], *rows[2:]], "record_unknown", 2),
        (lambda rows: [rows[0], rows[1][:-2] + "漢", *rows[2:]], "record_letters", 2),
        (lambda rows: ["103" + "0" * 300, *rows], "record_length", 1),
    ],
)
def test_each_fault_is_told_with_its_record(damage: Callable[[list[str]], list[str]], code: str, place: int) -> None:
    _, reading = read(as_file(damage(records(account()))), "", TODAY)
    assert (reading.troubles[0].code, reading.troubles[0].place) == (code, place)
    for language in ("ja", "en"):
        assert "{" not in reading.troubles[0].say(language)


def test_several_faults_are_told_at_once() -> None:
    rows = change(1, 22, "3")(change(2, 10, "089999")(records(account())))
    _, reading = read(as_file(rows), "", TODAY)
    assert [(trouble.place, trouble.code) for trouble in reading.troubles] == [(2, "bad_field"), (3, "bad_day")]


@pytest.mark.parametrize("told", [3, 5, 6])
def test_the_three_ways_of_counting_records(told: int) -> None:
    rows = records(account())
    assert len(rows) == 6
    _, reading = read(as_file([*rows[:-1], end(told, 1)]), "", TODAY)
    assert reading.troubles == ()


def test_a_file_that_is_too_large_or_empty() -> None:
    assert read(b"1" * (LARGEST + 1), "", TODAY)[1].troubles[0].code == "too_large"
    assert read(b" \r\n", "", TODAY)[1].troubles[0].code == "empty"


def test_the_end_of_file_byte_of_old_systems_is_left_out() -> None:
    assert read(zengin(account()) + b"\x1a", "", TODAY)[1].troubles == ()


@pytest.mark.parametrize("sort", sorted(LAYOUTS))
def test_the_fields_fill_the_record(sort: str) -> None:
    places = sorted(LAYOUTS[sort].values())
    assert places[0][0] == 0
    assert places[-1][1] == LENGTH
    assert all(before[1] == after[0] for before, after in pairwise(places))
