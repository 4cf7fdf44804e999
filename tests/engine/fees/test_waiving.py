"""Reductions: which count, what they take off, from which lines; never more than is due."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fees import FeeQuote, quote, spread
from engine.journey import walk
from engine.model import Procedure
from tests.engine.language.specs import procedure

DAY = date(2026, 5, 1)
IDS = ("a", "b", "c")


@st.composite
def bills(draw: st.DrawFn) -> str:
    """The fees of a procedure, with up to four reductions that all apply."""
    lines = "".join(
        f"    {name}: {{title: 行, law: 法, account: '{place}', yen: {draw(st.integers(0, 5000))}}}\n"
        for place, name in enumerate(IDS, 1)
    )
    waivers = []
    for place in range(draw(st.integers(0, 4))):
        percent, yen = f"percent: {draw(st.integers(1, 100))}", f"yen: {draw(st.integers(1, 9000))}"
        named = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=3))
        which = f", lines: [{', '.join(named)}]" if named else ""
        how = draw(st.sampled_from(["down", "up", "half_up"]))
        much = draw(st.sampled_from([percent, yen]))
        waivers.append(f"    w{place}: {{title: 減免, law: 法, when: true, {much}, round: {how}{which}}}\n")
    several = draw(st.sampled_from(["largest", "all_in_order"]))
    limits = draw(st.sampled_from(["", "  minimum: 700\n", "  maximum: 3000\n", "  round: down\n  to: 10\n"]))
    written = "  waivers:\n" + "".join(waivers) if waivers else ""
    return f"fees:\n  due: submission\n  several: {several}\n{limits}  lines:\n{lines}{written}"


def bill(of: Procedure, **answers: Any) -> FeeQuote:
    found = quote(of, walk(of, answers, DAY), DAY)
    assert found is not None
    return found


@given(bills())
def test_the_total_is_the_lines_less_what_is_waived_and_never_below_0(fees: str) -> None:
    found = bill(procedure("x: {type: text, title: 名}", more=fees))
    gross = sum(line.yen for line in found.lines)
    assert found.total == gross + found.adjusted_yen - found.waived_yen >= 0
    assert found.waived_yen == sum(waiver.yen for waiver in found.waivers)
    assert all(waiver.yen > 0 for waiver in found.waivers)
    assert all(0 <= line.less <= line.yen for line in found.lines)
    assert sum(line.less for line in found.lines) <= found.waived_yen


@given(bills())
def test_a_bill_is_kept_and_read_back_whole(fees: str) -> None:
    found = bill(procedure("x: {type: text, title: 名}", more=fees))
    assert FeeQuote.from_json(found.to_json()) == found


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**4), min_size=1, max_size=6).filter(any))
def test_what_is_spread_adds_up_and_nobody_bears_a_yen_too_many(yen: int, weights: list[int]) -> None:
    parts = spread(yen, weights)
    assert sum(parts) == yen
    assert all(abs(part - yen * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


FEES = """\
fees:
  due: submission
  several: {several}
  lines:
    copy: {{title: 写し, law: 法, account: '1', yen: 1000}}
    post: {{title: 郵送, law: 法, account: '2', yen: 500}}
  waivers:
    poor:
      title: {{ja: 生活保護, en: Public assistance}}
      law: 条例第5条
      when: poor
      percent: 50
      lines: [copy]
      needs: proof
    online: {{title: 電子, law: 条例第6条, when: online, yen: [{{from: 2020-01-01, amount: 300}}]}}
    young: {{title: 若年, law: 条例第7条, when: young, percent: 10}}
"""
FIELDS = (
    "poor: {type: boolean, title: {ja: 生活保護, en: Public assistance}}",
    "proof: {type: file, title: 証明, optional: true}",
    "online: {type: boolean, title: 電子}",
    "young: {type: boolean, title: 若年}",
)


@pytest.mark.parametrize(
    ("several", "answers", "taken", "less"),
    [
        ("largest", {"poor": True, "online": True, "young": True}, {"poor": 500}, [500, 0]),
        ("largest", {"poor": False, "online": True, "young": True}, {"online": 300}, [0, 0]),
        ("largest", {"poor": False, "online": False, "young": False}, {}, [0, 0]),
        (
            "all_in_order",
            {"poor": True, "online": True, "young": True},
            {"poor": 500, "online": 300, "young": 70},
            [500, 0],
        ),
        ("all_in_order", {"poor": False, "online": False, "young": True}, {"young": 150}, [0, 0]),
    ],
)
def test_the_largest_or_all_in_their_order(
    several: str, answers: dict[str, bool], taken: dict[str, int], less: list[int]
) -> None:
    found = bill(procedure(*FIELDS, more=FEES.format(several=several)), **answers)
    assert {waiver.id: waiver.yen for waiver in found.waivers} == taken
    assert [line.less for line in found.lines] == less
    assert found.total == 1500 - sum(taken.values())


def test_a_reduction_says_why_and_that_it_waits_for_a_clerk() -> None:
    found = bill(procedure(*FIELDS, more=FEES.format(several="largest")), poor=True, online=False, young=False)
    [waiver] = found.waivers
    assert (waiver.law, waiver.needs, waiver.awaits_approval) == ("条例第5条", ("proof",), True)
    assert waiver.why.ja == "「生活保護」が「はい」"
    assert waiver.why.say("en") == "“Public assistance” is yes"


def test_without_evidence_to_look_at_nobody_is_waited_for() -> None:
    found = bill(procedure(*FIELDS, more=FEES.format(several="largest")), poor=False, online=True, young=False)
    assert not found.waivers[0].awaits_approval


def test_what_was_kept_before_reductions_had_names_is_still_read() -> None:
    line = {
        "id": "a",
        "title": {"ja": "写し", "en": "Copy"},
        "law": "法",
        "account": "1",
        "count": 2,
        "unit_yen": 5,
        "yen": 10,
    }
    kept = FeeQuote.from_json({"lines": [line], "waived_yen": 3, "total": 7})
    assert (kept.lines[0].yen, kept.waived_yen, kept.total, kept.waivers, kept.adjusted_yen) == (10, 3, 7, (), 0)
    assert kept.to_json() == {"lines": [line], "waived_yen": 3, "total": 7}
