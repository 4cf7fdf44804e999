"""What does not compile says where, what is wrong and what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import ExpressionError, parse
from tests.engine.expressions.samples import NAMES


def mistake(source: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(source, NAMES)
    return caught.value


@pytest.mark.parametrize(
    ("source", "offset", "said", "fix"),
    [
        ("whi == 'agent'", 0, "no field or condition named `whi`", "who"),
        ("  whi == 'agent'", 2, "no field or condition named `whi`", "who"),
        ("area > 1\nand whi", 13, "no field or condition named `whi`", "who"),
        ("who == 'agnt'", 7, "no option `agnt`", "agent"),
        ("'agnt' == who", 0, "no option `agnt`", "agent"),
        ("who in ['holder', 'agnt']", 7, "no option `agnt`", "agent"),
        ("'hous' in kinds", 0, "no option `hous`", "house"),
        ("grade == 4", 9, "no option `4`", "1, 2, 3"),
        ("grade == '2'", 0, "compares a number with a text", "quotes"),
        ("who == 1", 0, "compares a text with a number", "quotes"),
        ("yes < no", 0, "compares true or false with true or false", "same type"),
        ("area in who", 0, "compares a number with a text", "same type"),
        ("who in area", 0, "compares a text with a number", "same type"),
        ("any(d.sex == 'boy' for d in dogs)", 13, "no option `boy`", "male"),
        ("any(d.tag for d in dogs)", 4, "no property `tag`", "age"),
        ("name.length", 0, "no property `length`", "–"),
        ("name + 1", 0, "`name` is a text, but a number is needed", "that type"),
        ("area and yes", 0, "`area` is a number, but true or false is needed", "that type"),
        ("not who", 4, "but true or false is needed", "that type"),
        (
            "any(dogs)",
            4,
            "a list of a group of fields (name, tagged, age, born, sex), but a list of true or false is needed",
            "that type",
        ),
        ("sum(d.name for d in dogs)", 4, "a list of a text, but a list of a number is needed", "that type"),
        ("born < 'yesterday'", 7, "`yesterday` is not a date", "'2026-04-01'"),
        ("2026-02-30", 0, "`2026-02-30` is not a date", "'2026-04-01'"),
        ("age_on('2000-13-01', today)", 7, "is not a date", "'2026-04-01'"),
        ("yes and", 7, "cannot be read as an expression", "brackets"),
        ("lenn(dogs)", 0, "no function named `lenn`", "len"),
        ("per(area)", 0, "takes other values", "per(sheets, 100)"),
        ("per(area, 1, 2)", 0, "takes other values", "per(sheets, 100)"),
        ("round_down()", 0, "takes other values", "round_down(amount, 10)"),
        ("len(area)", 0, "takes other values", "len(dogs)"),
        ("max(d.name for d in dogs)", 0, "takes other values", "max(0, area - 100)"),
        ("max(yes, no)", 0, "takes other values", "max(0, area - 100)"),
        ("max(area, 'x')", 10, "`'x'` is a text, but a number is needed", "that type"),
        ("answered(1)", 0, "takes the name of a field", "answered(phone)"),
        ("answered(yes, no)", 0, "takes the name of a field", "answered(phone)"),
        ("[1, 'a'] == [1]", 4, "`'a'` is a text, but a number is needed", "that type"),
        ("1 if yes else 'a'", 14, "`'a'` is a text, but a number is needed", "that type"),
        ("born in [1]", 0, "compares a date with a list of a number", "same type"),
        ("born in ['x']", 9, "is not a date", "2026-04-01"),
        ("area > 1e99", 7, "too large or too small", "digits"),
        ("area > 1e-99", 7, "too large or too small", "digits"),
    ],
)
def test_a_mistake_is_placed_named_and_mended(source: str, offset: int, said: str, fix: str) -> None:
    found = mistake(source)
    assert (found.offset, said in found.message["en"], fix in found.fix["en"]) == (offset, True, True), (
        found.offset,
        found.message["en"],
        found.fix["en"],
    )
    assert set(found.message) == set(found.fix) == {"ja", "en"}
    assert found.key.startswith("expressions.")


@pytest.mark.parametrize(
    "source",
    [
        "lambda: 1",
        "area ** 2",
        "area << 2",
        "~area",
        "+area",
        "dogs[0]",
        "f'{area}'",
        "b'x' == name",
        "1j",
        "...",
        "who is None",
        "(x := 1)",
        "name.upper()",
        "__import__('os')",
        "().__class__",
        "sum(*dogs)",
        "len(obj=dogs)",
        "{'a': 1}",
        "{d.age for d in dogs}",
        "[d for e in dogs for d in dogs]",
        "any(a for a, b in dogs)",
        "await area",
        "yield",
        "area; yes",
        "area = 1",
        "",
        "   ",
    ],
)
def test_the_rest_of_python_is_refused(source: str) -> None:
    assert mistake(source).message["ja"]


@pytest.mark.parametrize(
    "source",
    [
        "x" * 5_000,
        "(" * 900 + "1" + ")" * 900,
        "not " * 200 + "yes",
        "-" * 900 + "1",
        "1+" * 400 + "1",
        "yes and " * 150 + "yes",
        "[" * 100,
        "area" + ".a" * 200,
        "\x00",
        "\ud800",
        "9" * 900,
        "1e9999999999999999999 > area",
    ],
)
def test_sizes_are_bounded(source: str) -> None:
    assert mistake(source).fix["en"]


def test_many_names_are_not_all_listed() -> None:
    many = {f"field_{number}": NAMES["area"] for number in range(50)}
    with pytest.raises(ExpressionError) as caught:
        parse("zzz", many)
    assert caught.value.fix["en"].count(",") == 12
    with pytest.raises(ExpressionError) as caught:
        parse("zzz", {})
    assert "today" in caught.value.fix["en"]


PUNCTUATION = ["and", "or", "not", "in", "for", "if", "else", "==", "<", "(", ")", "[", "]", ",", "+", "-", "/"]
WORDS = [*NAMES, *PUNCTUATION, "d", "d.age", "1", "'a'", "any", "sum", "len", "max", "answered", "today"]
ODD = ["1e9", "0.5", "'2026-01-01'", "é", "　", "「"]


def explained(source: str) -> str:
    """The words for `source`, or those of the mistake in it."""
    try:
        return parse(source, NAMES).explain("ja")
    except ExpressionError as error:
        return error.message["ja"] if 0 <= error.offset <= len(source) + 1 else ""


@given(st.lists(st.sampled_from([*WORDS, *ODD]), max_size=12).map(" ".join) | st.text(max_size=40))
def test_nothing_but_our_own_error_comes_out(source: str) -> None:
    assert explained(source)
