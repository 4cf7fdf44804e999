"""Lines and payouts: what is sure is paired, what is not is never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.bank.pairing import WINDOW, BankSide, Pairing, Sent, names, pair

DAY = date(2026, 5, 20)
NAMED = "ﾌﾘｺﾐ ｽﾄﾗｲﾌﾟｼﾞﾔﾊﾟﾝ(ｶ"


def line(name: str, yen: int, after: int = 0, text: str = NAMED) -> BankSide:
    return BankSide(name, DAY + timedelta(days=after), yen, text)


def sent(name: str, yen: int, after: int = 0) -> Sent:
    return Sent("stripe", name, DAY + timedelta(days=after), yen)


def told(found: Pairing) -> tuple[object, ...]:
    """The four outcomes by name."""
    return (
        {one.id: payout.id for one, payout in found.sure},
        {one: [payout.id for payout in payouts] for one, payouts in found.unsure.items()},
        {one: payout.id for one, payout in found.differing.items()},
        set(found.unknown),
    )


@pytest.mark.parametrize(
    ("lines", "payouts", "expected"),
    [
        ([line("a", 500)], [sent("p", 500)], ({"a": "p"}, {}, {}, set())),
        ([line("a", 500, 5)], [sent("p", 500)], ({"a": "p"}, {}, {}, set())),
        ([line("a", 500, -5)], [sent("p", 500)], ({"a": "p"}, {}, {}, set())),
        ([line("a", 500, 6)], [sent("p", 500)], ({}, {}, {}, {"a"})),
        ([line("a", 500, text="家賃")], [sent("p", 500)], ({}, {"a": ["p"]}, {}, set())),
        ([line("a", -500)], [sent("p", -500)], ({"a": "p"}, {}, {}, set())),
        ([line("a", -500)], [sent("p", 500)], ({}, {}, {}, {"a"})),
        ([line("a", 400)], [sent("p", 500)], ({}, {}, {"a": "p"}, set())),
        ([line("a", 400, text="家賃")], [sent("p", 500)], ({}, {}, {}, {"a"})),
        ([line("a", 400), line("b", 450)], [sent("p", 500)], ({}, {}, {}, {"a", "b"})),
        ([line("a", 400)], [sent("p", 500), sent("q", 600)], ({}, {}, {}, {"a"})),
        ([line("a", 500)], [sent("p", 500), sent("q", 500)], ({}, {"a": ["p", "q"]}, {}, set())),
        ([line("a", 500), line("b", 500)], [sent("p", 500)], ({}, {"a": ["p"], "b": ["p"]}, {}, set())),
        (
            [line("a", 500), line("b", 500, 1)],
            [sent("p", 500), sent("q", 500, 1)],
            ({"a": "p", "b": "q"}, {}, {}, set()),
        ),
        (
            [line("a", 500), line("b", 500, 2)],
            [sent("p", 500), sent("q", 500, 1)],
            ({"a": "p", "b": "q"}, {}, {}, set()),
        ),
        (
            [line("a", 500, 1), line("b", 500, 1)],
            [sent("p", 500), sent("q", 500)],
            ({}, {"a": ["p", "q"], "b": ["p", "q"]}, {}, set()),
        ),
        ([], [sent("p", 500)], ({}, {}, {}, set())),
        ([line("a", 500)], [], ({}, {}, {}, {"a"})),
    ],
)
def test_who_is_who(lines: list[BankSide], payouts: list[Sent], expected: tuple[object, ...]) -> None:
    assert told(pair(lines, payouts)) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("STRIPE JAPAN", True),
        ("ｽﾄﾗｲﾌﾟ", True),
        ("ストライプ　ジャパン", True),
        ("ｓｔｒｉｐｅ", True),
        ("ｽﾄ ﾗｲﾌﾟ", True),
        ("ﾌﾘｺﾐ", False),
    ],
)
def test_a_provider_is_known_by_its_name(text: str, named: bool) -> None:
    assert names(text, "stripe") is named


def test_another_provider_by_its_own_name() -> None:
    assert names("ﾌﾘｺﾐ ACME", "acme")


SIDES = st.tuples(st.sampled_from([100, 200, -100]), st.integers(0, 12), st.sampled_from([NAMED, "家賃"]))


@given(st.lists(SIDES, max_size=7), st.lists(SIDES, max_size=7), st.randoms())
def test_a_sure_pair_is_the_only_one_possible(
    left: list[tuple[int, int, str]], right: list[tuple[int, int, str]], chance: object
) -> None:
    lines = [line(f"l{index}", *one) for index, one in enumerate(left)]
    payouts = [sent(f"p{index}", *one[:2]) for index, one in enumerate(right)]
    found = pair(lines, payouts)
    paired = [one.id for one, _ in found.sure]
    assert len(set(paired)) == len(paired) == len({payout.id for _, payout in found.sure})
    for one, payout in found.sure:
        assert one.yen == payout.yen
        assert abs(one.day - payout.arrives_on) <= WINDOW
        assert one.text == NAMED
    groups = [set(paired), set(found.unsure), set(found.differing), set(found.unknown)]
    assert sorted(name for group in groups for name in group) == sorted(one.id for one in lines), "each line once"
    chance.shuffle(lines)
    chance.shuffle(payouts)
    again = pair(lines, payouts)
    assert {(one.id, payout.id) for one, payout in again.sure} == {(one.id, payout.id) for one, payout in found.sure}
    assert set(again.unknown) == set(found.unknown)
