"""Reductions that are asked for: nothing is taken off before a person granted it, and then what they granted."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.explain import explain
from engine.fees import FeeQuote, offered, quote
from engine.journey import walk
from engine.model import Procedure
from tests.engine.language.specs import compiled, procedure

DAY = date(2026, 5, 1)
NAMES = ("a", "b", "c")
FIELDS = tuple(f"{name}: {{type: boolean, title: {name}}}" for name in NAMES)
DECISION = "decision: {{{parts}reasons: [{{code: W1, title: 理由, law: 法}}], appeal: 教示}}"


@st.composite
def asked_bills(draw: st.DrawFn) -> str:
    """The fees of a procedure with three reductions, each asked for by a question or applying by itself."""
    yen = [draw(st.integers(0, 5000)) for _ in range(2)]
    lines = "".join(f"    l{n}: {{title: 行, law: 法, account: '{n + 1}', yen: {one}}}\n" for n, one in enumerate(yen))
    waivers = []
    for name in NAMES:
        percent = draw(st.integers(2, 100))
        by_share = draw(st.booleans())
        much = f"percent: {percent}" if by_share else f"yen: {draw(st.integers(1, 9000))}"
        parts = f"parts: [{draw(st.integers(1, percent - 1))}], " if by_share and draw(st.booleans()) else ""
        which = draw(st.sampled_from(["", ", lines: [l0]", ", lines: [l1]"]))
        how = draw(st.sampled_from(["down", "up", "half_up"]))
        asked = f"asked: {name}, {DECISION.format(parts=parts)}" if draw(st.booleans()) else f"when: {name}"
        waivers.append(f"    {name}: {{title: 減免, law: 法, {much}, round: {how}{which}, {asked}}}\n")
    several = draw(st.sampled_from(["largest", "all_in_order"]))
    limits = draw(st.sampled_from(["", "  minimum: 700\n", "  maximum: 3000\n", "  round: down\n  to: 10\n"]))
    return f"fees:\n  due: submission\n  several: {several}\n{limits}  lines:\n{lines}  waivers:\n{''.join(waivers)}"


def bill(of: Procedure, granted: dict[str, int] | None = None, **answers: Any) -> FeeQuote:
    found = quote(of, walk(of, answers, DAY), DAY, granted or {})
    assert found is not None
    return found


def decisions(of: Procedure) -> list[dict[str, int]]:
    """Every way to decide: each not yet, refused, or as far as its spec allows."""
    assert of.fees is not None
    open_to = [waiver for waiver in of.fees.waivers if waiver.decision is not None]
    choices = [(None, 0, *waiver.grants) for waiver in open_to]
    return [
        {waiver.id: percent for waiver, percent in zip(open_to, one, strict=True) if percent is not None}
        for one in product(*choices)
    ]


@given(asked_bills(), st.fixed_dictionaries({name: st.booleans() for name in NAMES}))
def test_whatever_is_decided_the_fee_is_between_nothing_and_the_full_one_and_adds_up(
    fees: str, answers: dict[str, bool]
) -> None:
    of = procedure(*FIELDS, more=fees)
    full = bill(of, **answers)
    for granted in decisions(of):
        found = bill(of, granted, **answers)
        gross = sum(line.yen for line in found.lines)
        assert 0 <= found.total <= full.total
        assert found.total + found.waived_yen == gross + found.adjusted_yen
        assert FeeQuote.from_json(found.to_json()) == found


@given(asked_bills(), st.fixed_dictionaries({name: st.booleans() for name in NAMES}))
def test_what_waits_is_what_was_asked_for_and_undecided_and_would_lower_the_fee(
    fees: str, answers: dict[str, bool]
) -> None:
    of = procedure(*FIELDS, more=fees)
    assert of.fees is not None
    whole = {waiver.id: waiver.whole for waiver in of.fees.waivers}
    for granted in decisions(of):
        found = bill(of, granted, **answers)
        asked = {one.id for one in found.asked}
        assert asked <= {name for name, yes in answers.items() if yes} - granted.keys()
        for one in found.asked:
            assert found.total - bill(of, {**granted, one.id: whole[one.id]}, **answers).total == one.yen > 0
        if asked:
            assert found.if_granted is not None
            assert 0 <= found.if_granted < found.total
        else:
            assert found.if_granted is None


@given(asked_bills(), st.fixed_dictionaries({name: st.booleans() for name in NAMES}))
def test_a_refusal_leaves_what_it_was_without_asking(fees: str, answers: dict[str, bool]) -> None:
    of = procedure(*FIELDS, more=fees)
    assert of.fees is not None
    refused = {waiver.id: 0 for waiver in of.fees.waivers if waiver.decision is not None}
    before = bill(of, **answers)
    after = bill(of, refused, **answers)
    assert (after.total, after.waivers, after.asked) == (before.total, before.waivers, ())


FEES = """\
fees:
  due: {due}
  lines:
    copy: {{title: 写し, law: 法, account: '1', yen: 3000}}
  waivers:
    poor:
      title: {{ja: 生活困窮の減免, en: Hardship}}
      law: 条例第5条
      when: resident
      percent: 100
      asked: wants
      needs: proof
      decision: {{parts: [50], reasons: [{{code: W1, title: 理由, law: 法}}], appeal: 教示}}
"""
REVIEW = """\
review:
  office: madoguchi
  standard_days: 5
  stages: {check: {title: 審査, role: clerk}, decide: {title: 決裁, role: approver}}
  refusal_reasons: [{code: R1, title: 理由, law: 法}]
  appeal: 教示
"""
QUESTIONS = (
    "resident: {type: boolean, title: {ja: 区民, en: Resident}}",
    "wants: {type: boolean, title: {ja: 減免の申請, en: Reduction wanted}}",
    "proof: {type: file, title: {ja: 証明書, en: Proof}, when: wants}",
)


def poor(due: str = "submission") -> Procedure:
    return procedure(*QUESTIONS, more=FEES.format(due=due) + REVIEW)


@pytest.mark.parametrize(
    ("resident", "wants", "asked", "offer"),
    [
        (True, True, ["poor"], []),
        (True, False, [], ["wants"]),
        (True, None, [], ["wants"]),
        (False, True, [], []),
        (False, False, [], []),
        (None, True, [], []),
    ],
)
def test_who_may_ask_is_offered_it_and_who_asks_waits(
    resident: bool | None, wants: bool | None, asked: list[str], offer: list[str]
) -> None:
    answers = {name: one for name, one in (("resident", resident), ("wants", wants)) if one is not None}
    of = poor()
    journey = walk(of, answers, DAY)
    found = quote(of, journey, DAY)
    assert found is not None
    assert [one.id for one in found.asked] == asked
    assert [one.asked for one in offered(of, journey)] == offer


def test_evidence_of_several_papers_is_kept_as_a_list_and_of_one_as_a_name() -> None:
    of = procedure(
        *QUESTIONS,
        "more: {type: file, title: 書類, when: wants}",
        more=FEES.format(due="submission").replace("needs: proof", "needs: [proof, more]"),
    )
    found = bill(of, resident=True, wants=True)
    assert found.to_json()["asked"][0]["needs"] == ["proof", "more"]
    assert bill(poor(), resident=True, wants=True).to_json()["asked"][0]["needs"] == "proof"


@pytest.mark.parametrize(("percent", "total", "waived"), [(100, 0, 3000), (50, 1500, 1500), (0, 3000, 0)])
def test_the_bill_says_how_much_was_granted_and_waits_no_more(percent: int, total: int, waived: int) -> None:
    found = bill(poor(), {"poor": percent}, resident=True, wants=True)
    assert (found.total, found.waived_yen, found.asked, found.if_granted) == (total, waived, (), None)
    assert [(one.granted, one.awaits_approval) for one in found.waivers] == ([(percent, False)] if percent else [])


@pytest.mark.parametrize(
    ("due", "answers", "lines"),
    [
        ("submission", {"resident": True, "wants": True}, ["asked for, Hardship: −3,000", "“Proof”", "total 0 yen",
                                                          "demanded once that is decided"]),
        ("approval", {"resident": True, "wants": True}, ["asked for, Hardship: −3,000", "to be paid by"]),
        ("submission", {"resident": True, "wants": False}, ["answer yes to “Reduction wanted”", "to be paid by"]),
    ],
)  # fmt: skip
def test_an_author_is_told_what_waits_and_what_is_offered(due: str, answers: dict[str, bool], lines: list[str]) -> None:
    told = explain(poor(due), answers, DAY, "en")
    for one in lines:
        assert one in told


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("      asked: wants\n", "", "missing-key"),
        ("      when: resident\n", "", None),
        ("asked: wants", "asked: proof", "not-a-condition"),
        ("asked: wants", "asked: wnts", "unknown-name"),
        ("percent: 100", "percent: 40", "waiver-part"),
        ("percent: 100", "yen: 100", "useless-fee-key"),
        ("appeal: 教示", "days: 5", "missing-key"),
        ("needs: proof", "needs: [proof, wants]", "not-a-file"),
        (", law: 法}], appeal", "}], appeal", "no-law"),
    ],
)  # fmt: skip
def test_wrong_use_is_a_problem_at_its_place(was: str, now: str, code: str | None) -> None:
    found = compiled(*QUESTIONS, more=FEES.format(due="submission").replace(was, now))
    assert [one.code for one in found.problems if one.severity == "error"] == ([code] if code else [])
