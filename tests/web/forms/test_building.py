"""Questions as plain data: labels, keyboards, autofill, anchors, options."""

from collections.abc import Callable

import pytest

from engine.fields.registry import all_types
from engine.model import Procedure
from web.forms.building import questions_of
from web.forms.inputs import PART_WORDS
from web.forms.naming import anchor_of
from web.forms.plain import Question

Compiled = Callable[..., Procedure]


def asked(procedure: Procedure, language: str = "ja") -> dict[str, Question]:
    """The questions of the only step, by id."""
    fields = procedure.steps[0].plain_fields
    return {question.id: question for question in questions_of(fields, language, procedure.conditions)}


def test_a_plain_question_has_one_input_and_its_label(compiled: Compiled) -> None:
    question = asked(compiled("call_name: {type: string, title: 犬の名前, maxLength: 20, hint: 例：ポチ}"))["call_name"]
    assert (question.title, question.hint, question.grouped) == ("犬の名前", "例：ポチ", False)
    assert [given.name for given in question.inputs] == ["call_name"]
    assert question.anchor == question.inputs[0].id == "f-call_name"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("{type: integer, title: 数}", 'inputmode="numeric"'),
        ("{type: number, title: 数}", 'inputmode="decimal"'),
        ("{type: phone, title: 電話}", 'type="tel"'),
        ("{type: email, title: メール}", 'inputmode="email"'),
        ("{type: postcode, title: 郵便}", 'inputmode="numeric"'),
        ('{type: string, title: 番号, pattern: "[0-9]{15}"}', 'inputmode="numeric"'),
        ("{type: string, title: 語, maxLength: 5}", 'class="input w4"'),
        ("{type: string, title: 語, maxLength: 20}", 'class="input w16"'),
    ],
)
def test_the_right_keyboard_and_width(compiled: Compiled, field: str, expected: str) -> None:
    assert expected in asked(compiled(f"q: {field}"))["q"].inputs[0].attributes


def test_only_the_applicants_own_data_fill_themselves_in(compiled: Compiled) -> None:
    questions = asked(
        compiled(
            """
            own: {concept: applicant.name}
            born: {concept: applicant.birth}
            mail: {concept: applicant.email}
            other: {type: person_name, title: 相手}
            their_mail: {type: email, title: 相手のメール}
            """
        )
    )
    own = [given.attributes for given in questions["own"].inputs]
    assert 'autocomplete="family-name"' in own[0]
    assert 'autocomplete="given-name"' in own[1]
    assert 'autocomplete="off"' in own[2]
    assert 'autocomplete="bday-year"' in questions["born"].inputs[0].attributes
    assert 'autocomplete="email"' in questions["mail"].inputs[0].attributes
    for question in (questions["other"], questions["their_mail"]):
        assert all('autocomplete="off"' in given.attributes for given in question.inputs)


def test_an_address_chooses_its_prefecture(compiled: Compiled) -> None:
    questions = asked(
        compiled(
            """
            any_place: {type: address, title: どこでも}
            tokyo: {type: address, title: 都内, prefecture: 東京都}
            maybe: {type: address, title: 都内, prefecture: 東京都, optional: true}
            """
        ),
        "en",
    )
    prefecture = questions["any_place"].inputs[1]
    assert (prefecture.kind, len(prefecture.choices), prefecture.blank) == ("select", 47, True)
    assert prefecture.choices[12].title_lang == ' lang="ja"'
    assert [choice.value for choice in questions["tokyo"].inputs[1].choices] == ["東京都"]
    assert not questions["tokyo"].inputs[1].blank
    assert questions["maybe"].inputs[1].blank


def test_choices_are_radios_until_there_are_many(compiled: Compiled) -> None:
    few = "few: {type: choice, title: 少し, options: {a: あ, b: い}}"
    many = "many: {type: choice, title: 多い, options: {" + ", ".join(f"o{n}: 選択{n}" for n in range(11)) + "}}"
    questions = asked(compiled(f"{few}\n{many}"))
    assert questions["few"].control == "radios"
    assert [choice.id for choice in questions["few"].options] == ["f-few", "f-few-2"]
    assert questions["many"].control == "select"
    assert len(questions["many"].inputs[0].choices) == 11


def test_yes_and_no_are_spelled_as_the_engine_reads_them(compiled: Compiled) -> None:
    procedure = compiled("sure: {type: boolean, title: 確かですか}")
    field = procedure.fields["sure"]
    values = [choice.value for choice in asked(procedure)["sure"].options]
    assert [field.type.parse(field, {"": [value]}) for value in values] == [True, False]


def test_a_declaration_is_one_box_with_its_own_words(compiled: Compiled) -> None:
    question = asked(compiled("agreed: {type: declaration, title: 確認しました}"))["agreed"]
    assert [choice.title for choice in question.options] == ["確認しました"]
    assert not question.grouped


def test_a_group_asks_the_questions_inside(compiled: Compiled) -> None:
    question = asked(
        compiled(
            """
            firm:
              type: object
              title: 会社
              properties:
                label: {type: string, title: 名称}
                head: {type: person_name, title: 代表者}
            """
        )
    )["firm"]
    assert [inner.name for inner in question.questions] == ["firm.label", "firm.head"]
    assert question.questions[1].inputs[0].name == "firm.head.family"
    assert question.questions[1].inputs[0].id == "f-firm-head-family"


def test_words_that_fall_back_to_japanese_say_so(compiled: Compiled) -> None:
    fields = "a: {type: string, title: {ja: 名前, en: Name}}\nb: {type: string, title: 色, hint: 例：赤}"
    english = asked(compiled(fields), "en")
    assert (english["a"].title_lang, english["b"].title_lang, english["b"].hint_lang) == (
        "",
        ' lang="ja" data-instead=""',
        ' lang="ja" data-instead=""',
    )
    easy = asked(compiled(fields), "easy")
    assert (easy["a"].title_lang, easy["b"].title_lang) == (' data-instead=""', ' data-instead=""')


def test_what_an_author_writes_is_never_markup(compiled: Compiled) -> None:
    question = asked(compiled('q: {type: file, title: "<b>", accept: ["image/*"]}'))["q"]
    assert not hasattr(question.title, "__html__")
    assert 'accept="image/*"' in question.inputs[0].attributes


@pytest.mark.parametrize("name", sorted(all_types()))
def test_every_type_of_the_engine_can_be_asked(compiled: Compiled, name: str) -> None:
    more = {
        "choice": ", options: {a: あ, b: い}",
        "choices": ", options: {a: あ, b: い}",
        "object": ", properties: {x: {type: string, title: x}}",
        "array": ", items: {type: string, title: x}",
        "my_number": ", law: 番号法別表",
    }.get(name, "")
    procedure = compiled(f"first: {{type: string, title: 一}}\nq: {{type: {name}, title: 題{more}}}")
    field, question = procedure.fields["q"], asked(procedure)["q"]
    inputs = [given.name for inner in (question, *question.questions) for given in inner.inputs]
    parts = {f"q.{part}" if part else "q" for part in field.type.parts(field)}
    assert set(inputs) == parts or question.options


def test_every_part_has_a_word() -> None:
    assert set(PART_WORDS) >= {"year", "month", "day", "family", "given_kana", "postcode", "building"}


def test_anchors_keep_apart_from_the_page() -> None:
    assert anchor_of("main") == "f-main"
    assert anchor_of("firm.head.family") == "f-firm-head-family"


def test_what_is_wrong_with_a_whole_group_leads_to_its_first_question(compiled: Compiled) -> None:
    procedure = compiled(
        """
        outer:
          type: object
          title: 連絡先
          properties:
            inner: {type: object, title: 担当, properties: {name: {type: person_name, title: 氏名, kana: false}}}
        """
    )
    (question,) = questions_of(procedure.steps[0].fields, "ja", {})
    assert question.anchor == "f-outer-inner-name-family"
