"""The path is a function of the answers."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.compiling import Concepts, compile_procedure
from engine.expressions import UNKNOWN
from engine.journey import Journey, open_options, walk
from engine.model import Procedure
from tests.engine.language.specs import FRONT, procedure

STEPS = """\
conditions:
  by_agent: who == 'agent'
  has_young: any(age_on(d.born, today) < 1 for d in dogs)
steps:
  applicant:
    title: {ja: 申請者}
    fields:
      who: {type: choice, title: 区分, options: {holder: 本人, agent: 代理人}}
      firm: {type: string, title: 会社, when: by_agent}
      firm_phone: {type: phone, title: 会社の電話, when: answered(firm), optional: len(firm) > 3}
  mandate:
    when: by_agent
    title: {ja: 委任}
    fields:
      mandate: {type: file, title: 委任状}
  dogs:
    title: {ja: 犬}
    fields:
      dogs:
        type: array
        title: 犬
        items:
          type: object
          properties:
            born: {type: date, title: 生年月日}
            chipped: {type: boolean, title: チップ}
            chip: {type: string, title: 番号, when: chipped and who == 'holder'}
            maker:
              type: object
              title: 製造
              optional: true
              properties:
                known: {type: boolean, title: わかる}
                name: {type: string, title: 名称, when: known}
  young:
    when: has_young
    title: {ja: 子犬}
    fields:
      vet: {type: string, title: 病院}
"""
TODAY = date(2026, 5, 1)


def build(source: str = STEPS) -> Procedure:
    found = compile_procedure(FRONT + source, "spec.yaml", Concepts.empty())
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


PROCEDURE = build()


def go(**answers: Any) -> Journey:
    return walk(PROCEDURE, answers, TODAY)


def steps(journey: Journey) -> list[str]:
    return [step.id for step in journey.steps]


def test_a_step_is_on_the_path_only_when_its_condition_is_known_to_hold() -> None:
    assert steps(go()) == ["applicant", "dogs"]
    assert steps(go(who="holder")) == ["applicant", "dogs"]
    assert steps(go(who="agent")) == ["applicant", "mandate", "dogs"]
    assert steps(go(dogs=[{"born": "2025-06-01"}])) == ["applicant", "dogs", "young"]
    assert steps(go(dogs=[{"born": "2025-05-02"}])) == ["applicant", "dogs"]  # one year old on the day before
    assert steps(go(dogs=[{}])) == ["applicant", "dogs"]


def test_answers_that_left_the_path_are_neither_kept_nor_seen() -> None:
    journey = go(who="holder", firm="見本社", firm_phone="0353211111", mandate=["1"])
    assert journey.answers == {"who": "holder"}
    assert journey.shown == {"who", "dogs"}
    assert journey.scope.look_up("firm") is UNKNOWN


def test_within_a_step_a_field_follows_those_above_it() -> None:
    assert go(who="agent").shown == {"who", "firm", "mandate", "dogs"}
    assert "firm_phone" in go(who="agent", firm="見本").shown


def test_hidden_properties_of_items_are_left_out_at_any_depth() -> None:
    dogs = [
        {"chipped": True, "chip": "1", "maker": {"known": False, "name": "x"}},
        {"chipped": False, "chip": "2", "maker": {"known": True, "name": "y"}},
    ]
    kept = go(who="holder", dogs=dogs).answers["dogs"]
    assert kept == [
        {"chipped": True, "chip": "1", "maker": {"known": False}},
        {"chipped": False, "maker": {"known": True, "name": "y"}},
    ]
    assert "chip" not in go(who="agent", dogs=dogs).answers["dogs"][0]


def test_answers_are_values_in_the_scope() -> None:
    scope = go(who="agent", firm="見本", dogs=[{"born": "2025-06-01"}]).scope
    assert scope.look_up("dogs") == [{"born": date(2025, 6, 1)}]
    assert scope.look_up("by_agent") is True
    assert scope.look_up("today") == TODAY


def test_neighbours_on_the_path() -> None:
    journey = go(who="agent")
    after, before = journey.next_step("applicant"), journey.previous_step("dogs")
    assert after is before is PROCEDURE.step_by_id["mandate"]
    assert journey.next_step("dogs") is None
    assert journey.previous_step("applicant") is None
    assert journey.next_step("young") is None
    assert go(who="holder").previous_step("mandate") is None


def test_the_first_unfinished_step() -> None:
    dogs = [{"born": "2020-01-01", "chipped": False}]
    agent = {"who": "agent", "firm": "見本社社", "mandate": ["1"], "dogs": dogs}

    def unfinished(**answers: Any) -> str | None:
        step = go(**answers).first_unfinished()
        return step and step.id

    assert unfinished() == "applicant"
    assert unfinished(who="holder") == "dogs"
    assert unfinished(who="holder", dogs=[]) == "dogs"
    assert unfinished(who="holder", dogs=dogs) is None
    assert unfinished(**agent) is None
    assert unfinished(**{**agent, "mandate": []}) == "mandate"
    assert unfinished(**{**agent, "firm": "見本"}) == "applicant"  # then the telephone number is needed


def test_optional_by_condition() -> None:
    field = PROCEDURE.fields["firm_phone"]
    assert go(who="agent", firm="見本社社").optional(field)
    assert not go(who="agent", firm="見本").optional(field)
    assert not go().optional(PROCEDURE.fields["who"])


def test_options_under_a_condition() -> None:
    found = build(
        "steps: {one: {title: 一, fields: {old: {type: boolean, title: 更新}, kind: {type: choice, title: 種類, "
        "options: {new: 新規, renewal: {title: 更新, when: old}}}}}}\n"
    )
    kind = found.fields["kind"]

    def offered(**answers: Any) -> list[object]:
        return [option.value for option in open_options(kind, walk(found, answers, TODAY).scope)]

    assert offered(old=True) == ["new", "renewal"]
    assert offered(old=False) == offered() == ["new"]


def test_an_item_hides_outer_answers_of_the_same_name() -> None:
    found = procedure(
        "n: {type: integer, title: 数}",
        "rows: {type: array, title: 行, items: {type: object, properties: "
        "{n: {type: integer, title: 数, optional: true}, big: {type: boolean, title: 大, when: n > 5}}}}",
    )
    journey = walk(found, {"n": 9, "rows": [{"big": True}, {"n": 6, "big": True}, {"n": 1, "big": True}]}, TODAY)
    assert journey.answers["rows"] == [{}, {"n": 6, "big": True}, {"n": 1}]
    assert journey.scope.look_up("n") == Decimal(9)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.just("agent")
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["born", "chipped", "chip", "maker", "known", "name"]), inner, max_size=4)
    ),
    max_leaves=8,
)
sane: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "who": st.sampled_from(["holder", "agent"]),
        "firm": st.text(max_size=5),
        "mandate": st.just(["1"]),
        "dogs": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "born": st.dates(date(2020, 1, 1), TODAY).map(date.isoformat),
                    "chipped": st.booleans(),
                    "chip": st.text(max_size=3),
                },
            ),
            max_size=3,
        ),
        "vet": st.text(max_size=3),
    },
)


@given(st.dictionaries(st.sampled_from([*PROCEDURE.fields, "x"]), anything))
def test_no_answers_can_make_it_fail(answers: dict[str, Any]) -> None:
    journey = go(**answers)
    assert set(journey.answers) <= journey.shown
    unfinished = journey.first_unfinished()
    assert unfinished is None or unfinished in journey.steps


@given(sane)
def test_walking_again_with_what_was_kept_leads_the_same_way(answers: dict[str, Any]) -> None:
    journey = go(**answers)
    again = go(**journey.answers)
    assert (again.steps, again.shown, again.answers) == (journey.steps, journey.shown, journey.answers)


@given(sane, st.text(max_size=3))
def test_what_stands_off_the_path_changes_nothing(answers: dict[str, Any], vet: str) -> None:
    journey = go(**answers)
    if "vet" not in journey.shown:
        assert go(**{**answers, "vet": vet}).answers == journey.answers
