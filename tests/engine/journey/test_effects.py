"""What a changed answer does further on: everything that differs is told, and nothing that does not."""

from typing import Any

import pytest
from hypothesis import given, settings

from engine.compiling import Concepts, compile_procedure
from engine.effects import NOTHING, Effects, effects
from engine.fees import NoRate, UnknownFee, quote
from engine.journey import Journey, walk
from engine.model import Procedure
from engine.validation import check_fields
from tests.engine.journey.answering import DAY, Change, changes
from tests.engine.language.specs import FRONT

STEPS = """\
steps:
  who:
    title: 申請者
    stops:
      none: {when: copies == 9, reason: 対象外です, instead: 窓口へお越しください}
    fields:
      who: {type: choice, title: 区分, options: {holder: 本人, agent: 代理人}}
      copies: {type: integer, title: 通数, minimum: 1, maximum: 9}
  mandate:
    when: who == 'agent'
    title: 委任
    fields:
      firm: {type: string, title: 会社}
      note: {type: string, title: 備考, optional: true}
  rest:
    title: 残り
    fields:
      reason: {type: string, title: 理由, optional: who == 'holder'}
      pages: {type: integer, title: 枚数, minimum: 1}
    checks:
      - {that: pages >= copies, error: 通数より少なくできません, at: pages}
fees:
  due: submission
  lines:
    one: {title: 手数料, law: 条例, account: '1', count: copies, yen: [{from: 2020-01-01, amount: 300}]}
review:
  office: {table: {on: [who], rows: [{who: holder, give: hall}, {who: agent, give: agency}]}}
  standard_days: {table: {on: [who], rows: [{who: holder, give: 5}, {who: agent, give: 10}]}}
  refusal_reasons: [{code: R1, title: 不備, law: 法第1条}]
  stages:
    check: {title: 審査, role: clerk}
    decide: {title: 決裁, role: approver}
  appeal: {ja: 審査請求ができます}
"""
WHOLE = {"who": "agent", "copies": 2, "firm": "A社", "reason": "提出", "pages": 3}


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    """Fee, office, period and questions all rest on the first step."""
    found = compile_procedure(FRONT + STEPS, "spec.yaml", Concepts.empty())
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


def changed(procedure: Procedure, before: dict[str, Any], **answers: Any) -> Effects:
    """The effects of answering the first step otherwise."""
    after = {id: answer for id, answer in (before | answers).items() if answer is not None}
    return effects(walk(procedure, before, DAY), walk(procedure, after, DAY), {"who", "copies"})


def test_questions_go_and_are_kept(procedure: Procedure) -> None:
    found = changed(procedure, WHOLE, who="holder")
    assert (found.because, found.gone, found.added) == (("who",), ("firm",), ())
    assert found.days == (10, 5)
    assert found.office == ("agency", "hall")
    assert found.fee is None


def test_questions_come_and_an_answer_that_was_kept_comes_back(procedure: Procedure) -> None:
    holder = {"who": "holder", "copies": 2, "pages": 3}
    assert changed(procedure, holder, who="agent").added == ("firm", "note", "reason")
    assert changed(procedure, {**holder, "firm": "A社"}, who="agent").back == ("firm",)


def test_an_answer_that_no_longer_fits_and_another_fee(procedure: Procedure) -> None:
    found = changed(procedure, WHOLE, copies=4)
    assert found == Effects(because=("copies",), again=("pages",), fee=(600, 1200))


def test_a_fee_that_is_open_again(procedure: Procedure) -> None:
    assert changed(procedure, WHOLE, copies=None).fee == (600, None)
    assert changed(procedure, {**WHOLE, "copies": 1}, copies=1) == NOTHING


def test_a_stop_is_told_on_a_page_of_its_own(procedure: Procedure) -> None:
    assert changed(procedure, WHOLE, copies=9) == NOTHING
    assert changed(procedure, {**WHOLE, "copies": 9}, copies=2) == NOTHING


def both(change: Change) -> tuple[Journey, Journey]:
    """The journeys before and after."""
    return walk(change.procedure, change.before, DAY), walk(change.procedure, change.after, DAY)


@given(changes())
def test_no_change_has_no_effect(change: Change) -> None:
    before, _ = both(change)
    assert effects(before, before, change.here) == NOTHING


@given(changes())
@settings(max_examples=200)
def test_what_is_asked_is_what_was_asked_less_what_went_and_what_came(change: Change) -> None:
    before, after = both(change)
    found = effects(before, after, change.here)
    if before.stops or after.stops or before.answers == after.answers:
        assert found == NOTHING
        return
    told = {*found.added, *found.back, *found.gone, *found.again}
    assert not told & change.here
    notes = {field.id for field in change.procedure.fields.values() if field.type.control == "note"}
    came = after.shown - before.shown - change.here - notes
    assert came == {*found.added, *found.back} & (after.shown - before.shown)
    went = {id for id in before.shown - after.shown - change.here if id in before.answers}
    assert set(found.gone) == went
    assert all(id in change.after and id not in after.answers for id in found.gone)  # kept in the draft, not sent
    assert all(id in after.answers for id in (*found.back, *found.again))
    assert all(id in after.shown and id not in after.answers for id in found.added)


@given(changes())
@settings(max_examples=200)
def test_every_answer_that_became_wrong_is_named(change: Change) -> None:
    before, after = both(change)
    if before.stops or after.stops or before.answers == after.answers:
        return
    found = effects(before, after, change.here)
    for field in change.procedure.fields.values():
        if field.id in change.here or field.id not in before.shown & after.shown:
            continue
        wrong = bool(check_fields([field], after.answers, after, DAY))
        was = bool(check_fields([field], before.answers, before, DAY))
        assert (field.id in {*found.again, *found.added}) == (wrong and not was), field.id


@given(changes())
def test_the_price_told_is_the_price(change: Change) -> None:
    before, after = both(change)
    found = effects(before, after, change.here)
    if found == NOTHING:
        return
    was, now = price(before), price(after)
    assert found.fee == (None if was is None or was == now else (was, now))


@given(changes())
def test_there_and_back_come_and_go(change: Change) -> None:
    before, after = both(change)
    there, back = effects(before, after, change.here), effects(after, before, change.here)
    assert {*there.back, *there.added} & set(before.shown) <= set(there.added)  # only what is needed now and was not
    assert set(there.gone) <= {*back.back, *back.added} or back == NOTHING


def price(journey: Journey) -> int | None:
    """The total, where it is known."""
    try:
        bill = quote(journey.procedure, journey, DAY)
    except (NoRate, UnknownFee):
        return None
    return bill.total if bill else None
