"""Number plates and bank accounts as people write them, and as they are kept."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.base import MISSING, FieldProblem
from engine.fields.types.identifiers.bank_account import HOLDER, account_of, zengin
from engine.fields.types.identifiers.vehicle_number import LETTERS, SIGNS, show_serial
from engine.patterns import matches
from engine.validation import check_submission
from tests.engine.fields.samples import ACCOUNT, ANSWERS, field, parse
from tests.engine.language.specs import procedure

DAY = date(2026, 5, 1)


def wrong(name: str, answer: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """The inputs that are refused, with the keys of their words."""
    one = field(name)
    asked = procedure(f"q: {{type: {one.type.name}, title: 題}}")
    return [(failure.path[1:], failure.key) for failure in check_submission(asked, {"q": answer}, DAY)]


@pytest.mark.parametrize(
    ("typed", "serial"), [("12-34", "1234"), ("１２－３４", "1234"), ("・・・1", "1"), ("・・12", "12"), ("0012", "12")]
)
def test_a_serial_number_in_every_writing(typed: str, serial: str) -> None:
    plate = {"place": "品川", "class": "５９９", "sign": "サ", "serial": typed}
    assert parse("vehicle_number", **plate) == {"place": "品川", "class": "599", "sign": "さ", "serial": serial}


@given(st.integers(1, 9999))
def test_what_a_plate_shows_is_read_back(number: int) -> None:
    shown = show_serial(str(number))
    assert len(shown.replace("-", "")) == 4
    plate = parse("vehicle_number", **{"place": "いわき", "class": "30a", "sign": "を", "serial": shown})
    assert plate == {"place": "いわき", "class": "30A", "sign": "を", "serial": str(number)}
    assert wrong("vehicle_number", plate) == []


@pytest.mark.parametrize(
    ("part", "text", "key"),
    [
        ("place", "Shinagawa", "identifiers.plate_place"),
        ("place", "", "identifiers.plate_place"),
        ("class", "A99", "identifiers.plate_class"),
        ("class", "30B", "identifiers.plate_class"),
        ("class", "5999", "identifiers.plate_class"),
        ("sign", "し", "identifiers.plate_sign"),
        ("sign", "ん", "identifiers.plate_sign"),
        ("sign", "さす", "identifiers.plate_sign"),
        ("serial", "0", "identifiers.plate_serial"),
        ("serial", "12345", "identifiers.plate_serial"),
    ],
)
def test_what_no_plate_has_is_refused_at_its_input(part: str, text: str, key: str) -> None:
    plate = {**ANSWERS["vehicle_number"], part: text}
    assert wrong("vehicle_number", plate) == [((part,), key)]


def test_the_signs_of_plates() -> None:
    assert len(set(SIGNS)) == len(SIGNS)
    assert not set("おしへん") & set(SIGNS)
    assert not set("BDEGIJNOQRSTUVWZ") & set(LETTERS)


@pytest.mark.parametrize(
    ("written", "exchanged"),
    [
        ("やまだ　はなこ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("ﾔﾏﾀﾞ ﾊﾅｺ", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        ("カ）トウキョウショウジ", "ｶ)ﾄｳｷﾖｳｼﾖｳｼﾞ"),
        ("ジョー・スミス", "ｼﾞﾖ-.ｽﾐｽ"),
        ("ヴァンパパ", "ｳﾞｱﾝﾊﾟﾊﾟ"),
        ("Ｊｏｈｎ　smith", "JOHN SMITH"),
        ("「アイ」", "｢ｱｲ｣"),
    ],
)
def test_a_holder_in_the_characters_of_the_banks(written: str, exchanged: str) -> None:
    assert zengin(written) == exchanged
    assert matches(HOLDER, exchanged)


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FC), max_size=20))
def test_writing_a_holder_twice_changes_nothing(text: str) -> None:
    assert zengin(zengin(text)) == zengin(text)


@given(st.text("アイウエオカキクケコガギグゲゴパピプペポヤユヨワヲン0123456789ABC ", min_size=1).filter(str.strip))
def test_kana_capitals_and_digits_are_always_in_the_set(text: str) -> None:
    assert matches(HOLDER, zengin(text))


def test_numbers_are_filled_up_and_dashes_are_fine() -> None:
    typed = {"bank": "０００１", "branch": "1-2-3", "kind": "ordinary", "number": "12345", "holder": "ヤマダ ハナコ"}
    assert parse("bank_account", **typed) == ACCOUNT


# 記号 10320 is branch 038 and 記号 00120 is branch 019 on the bank's own page about transfers from other banks.
@pytest.mark.parametrize(
    ("symbol", "number", "branch", "kind", "account"),
    [
        ("10320", "12345671", "038", "ordinary", "1234567"),
        ("10320", "1231", "038", "ordinary", "0000123"),
        ("12340", "11", "238", "ordinary", "0000001"),
        ("00120", "123456", "019", "current", "0123456"),
    ],
)
def test_symbol_and_number_of_japan_post_bank(symbol: str, number: str, branch: str, kind: str, account: str) -> None:
    expected = {"bank": "9900", "branch": branch, "kind": kind, "number": account}
    assert account_of(symbol, number) == expected
    read = parse("bank_account", symbol=symbol, giro=number, holder="ヤマダ ハナコ")
    assert read == {**expected, "holder": "ﾔﾏﾀﾞ ﾊﾅｺ"}
    assert wrong("bank_account", read) == []


@pytest.mark.parametrize(
    ("symbol", "number", "part"),
    [
        ("20320", "12345671", "symbol"),
        ("10321", "12345671", "symbol"),
        ("1032", "12345671", "symbol"),
        ("10320", "12345678", "giro"),
        ("10320", "", "giro"),
        ("", "12345671", "symbol"),
        ("00120", "12345678", "giro"),
    ],
)
def test_what_japan_post_bank_does_not_have(symbol: str, number: str, part: str) -> None:
    with pytest.raises(FieldProblem) as raised:
        parse("bank_account", symbol=symbol, giro=number)
    assert raised.value.part == part


def test_nothing_filled_in_is_no_answer() -> None:
    assert parse("bank_account", bank="", holder="", symbol="") is MISSING


@pytest.mark.parametrize(
    ("part", "text", "key"),
    [
        ("bank", "001", "identifiers.bank"),
        ("branch", "", "identifiers.branch"),
        ("kind", "gold", "identifiers.kind"),
        ("number", "12345", "identifiers.number"),
        ("holder", "山田花子", "identifiers.holder"),
        ("holder", "ｱ" * 31, "errors.max_length"),
    ],
)
def test_what_no_account_has_is_refused_at_its_input(part: str, text: str, key: str) -> None:
    assert wrong("bank_account", {**ACCOUNT, part: text}) == [((part,), key)]
