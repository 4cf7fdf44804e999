"""A posted form becomes answers and failures."""

from engine.validation import read_fields
from tests.engine.fields.samples import ADDRESS, NAME
from tests.engine.language.specs import procedure

FIELDS = tuple(
    procedure(
        "name: {type: person_name, title: 氏名}",
        "address: {type: address, title: 住所}",
        "born: {type: date, title: 生年月日}",
        "copies: {type: integer, title: 枚数, error: 枚数は1から9の数字です}",
        "kinds: {type: choices, title: 種類, options: {a: あ, b: い}}",
        "firm: {type: object, title: 会社, properties: {since: {type: date, title: 設立}}}",
        "notice: {type: note, title: お知らせ}",
    ).fields.values()
)


def form(prefix: str = "", **inputs: str) -> dict[str, list[str]]:
    return {prefix + name.replace("__", "."): [text] for name, text in inputs.items()}


def test_answers_by_field_without_what_was_left_empty() -> None:
    sent = form(**{f"name__{part}": text for part, text in NAME.items()}, copies="３", born__year="")
    reading = read_fields(FIELDS, {**sent, "kinds": ["b", "a"]})
    assert reading.answers == {"name": NAME, "copies": 3, "kinds": ["a", "b"]}
    assert reading.failures == ()


def test_the_prefix_is_that_of_an_item() -> None:
    sent = form("dogs.0.", copies="2", **{f"address__{part}": text for part, text in ADDRESS.items()})
    assert read_fields(FIELDS, sent, prefix="dogs.0.").answers == {"copies": 2, "address": ADDRESS}
    assert read_fields(FIELDS, sent).answers == {}


def test_every_failure_at_once_each_with_its_input_and_the_authors_words() -> None:
    sent = form(copies="三", born__year="2026", born__month="x", born__day="1", firm__since__day="1")
    reading = read_fields(FIELDS, sent)
    assert [(failure.path, failure.key) for failure in reading.failures] == [
        (("born", "month"), "errors.date_month"),
        (("copies",), "errors.whole_number"),
        (("firm", "since", "year"), "errors.date_year"),
    ]
    born, copies, since = reading.failures
    assert born.say("ja") == "「生年月日」の月を数字（1～12）で入力してください。"
    assert copies.say("ja") == copies.say("en") == "枚数は1から9の数字です"
    assert since.say("ja").startswith("「設立」の年を")
    assert reading.answers == {}


def test_nothing_sent_nothing_read() -> None:
    assert read_fields(FIELDS, {}) == read_fields((), {"x": ["1"]})
