"""From compiled fields to plain questions, once per page and language."""

from collections.abc import Mapping, Sequence
from functools import partial

from engine.eras import ERAS
from engine.expressions import Expression
from engine.fields.days import BOTH, calendar_of
from engine.model import Field, Option, Text
from engine.titles import titles_of
from engine.words import say
from web.forms import attributes
from web.forms.plain import Choice, Input, Question
from web.forms.reveal import browser_rule, names_below
from web.forms.wording import NONE, japanese, worded

GROUPED = frozenset({"radios", "yes_no", "checkboxes", "date", "person_name", "address", "parts", "group"})
CHOSEN = frozenset({"radios", "yes_no", "checkboxes", "declaration", "select"})
MOST_RADIOS = 10  # a longer list is chosen from by a select
HALF = frozenset({"family", "given", "family_kana", "given_kana", "family_roman", "given_roman", "former_family",
                  "former_family_kana", "postcode", "prefecture", "class", "sign", "bank", "branch", "symbol",
                  "giro"})  # fmt: skip
PART_WORDS = {
    "era": "forms.era",
    "year": "site.year",
    "month": "site.month",
    "day": "site.day",
    "family": "site.family",
    "given": "site.given",
    "family_kana": "site.family_kana",
    "given_kana": "site.given_kana",
    "postcode": "site.postcode",
    "prefecture": "site.prefecture",
    "city": "site.city",
    "street": "site.street",
    "building": "site.building",
}


def questions_of(
    fields: Sequence[Field], language: str, named: Mapping[str, Expression], prefix: str = ""
) -> tuple[Question, ...]:
    """The questions of one page, in order. `named` are the procedure's conditions, `prefix` that of the input names."""
    on_page = {field.id: field for field in fields}
    return tuple(
        _question(field, language, prefix, _dependence(field, on_page, named, language, prefix)) for field in fields
    )


def anchor_of(name: str) -> str:
    """The id of the first control of the input `name`."""
    return "f-" + name.replace(".", "-")


def spelled(field: Field, answer: object) -> str:
    """How the first input of `field` spells an answer."""
    return next(iter(field.type.show_raw(field, answer).values()))[0]


def _dependence(
    field: Field, on_page: Mapping[str, Field], named: Mapping[str, Expression], language: str, prefix: str
) -> tuple[str, str]:
    """The rule and the words of a condition on other questions of the same page; two empty strings without one."""
    if field.when is None or not names_below(field.when, named) & on_page.keys():
        return "", ""
    asked = {
        id: (prefix + id, partial(spelled, other)) for id, other in on_page.items() if other.type.control in CHOSEN
    }
    titles = titles_of(on_page.values(), language)
    return browser_rule(field.when, named, asked), field.when.explain(language, titles, named)


def _question(field: Field, language: str, prefix: str, dependence: tuple[str, str]) -> Question:
    name, control = prefix + field.id, control_of(field)
    title, title_lang = worded(field.title, language)
    hint, hint_lang = worded(field.hint, language)
    purpose, purpose_lang = worded(field.purpose, language)
    inputs, choices = _inputs(field, name, language), _choices(field, name, language)
    grouped = control in GROUPED
    return Question(
        name=name,
        id=field.id,
        control=control,
        anchor=inputs[0].id if grouped and inputs else anchor_of(name),
        grouped=grouped,
        title=title,
        title_lang=title_lang,
        hint=hint,
        hint_lang=hint_lang,
        law=field.law or "",
        law_lang=japanese(language),
        purpose=purpose,
        purpose_lang=purpose_lang,
        optional=field.optional is True,
        inputs=inputs,
        options=choices if control in CHOSEN else (),
        questions=_inner(field, name, language) if control == "group" else (),
        when_rule=dependence[0],
        when_words=dependence[1],
    )


def control_of(field: Field) -> str:
    """The template that asks it; a list that has pages of its own is asked there."""
    if field.is_list:
        return "later"
    control = field.type.control
    return "select" if control == "radios" and len(field.options) > MOST_RADIOS else control


def _inner(field: Field, name: str, language: str) -> tuple[Question, ...]:
    """The questions of a group; what depends on others of the group says so in words."""
    return questions_of(field.properties, language, {}, f"{name}.")


def _inputs(field: Field, name: str, language: str) -> tuple[Input, ...]:
    control = control_of(field)
    if control in CHOSEN - {"select"} or control in {"note", "group", "later"}:
        return ()
    parts = tuple(field.type.parts(field))
    if parts == ("",):
        return (_plain_input(field, name, language),)
    return tuple(_part(field, name, part, language) for part in parts)


def _plain_input(field: Field, name: str, language: str) -> Input:
    control = control_of(field)
    lines = control in {"textarea", "list"}
    draw = {"file": attributes.of_file, "select": attributes.of_select}
    return Input(
        name=name,
        id=anchor_of(name),
        kind="textarea" if lines else "select" if control == "select" else "input",
        attributes=attributes.of_area(field) if lines else draw.get(control, attributes.of_plain)(field),
        choices=_choices(field, name, language) if control == "select" else (),
        label=say("parts.pages", language) if control == "file" and field.settings.get("pages") else "",
    )


def _part(field: Field, name: str, part: str, language: str) -> Input:
    """An input of several. One that accepts only listed values, as a prefecture, is a select."""
    if part == "era":
        return _era(field, name, language)
    parts = field.schema.get("properties", {})
    listed = parts.get(part, {}).get("enum", ())
    aside = bool(parts) and part not in parts
    return Input(
        name=f"{name}.{part}",
        id=anchor_of(f"{name}.{part}"),
        kind="select" if listed else "input",
        choices=tuple(_listed(field, part, value, language) for value in listed),
        blank=len(listed) != 1 or field.optional is not False,
        label=say(PART_WORDS.get(part, f"parts.{part}"), language),
        attributes=attributes.of_part(field, part),
        optional=part in parts and part not in field.schema.get("required", ()),
        half=part in HALF,
        aside=aside,
    )


def _listed(field: Field, part: str, value: str, language: str) -> Choice:
    """One listed value of an input; a name of a place stays in Japanese."""
    title = field.type.say_value(part, value, language)
    return Choice(value=value, id="", title=title, title_lang=japanese(language) if title == value else NONE)


def _era(field: Field, name: str, language: str) -> Input:
    """The newest era first. "" stands for western years, which can be typed where only eras are listed, too."""
    first = say("forms.era_none" if calendar_of(field) == BOTH else "forms.era_choose", language)
    eras = [(era.letter, say(f"eras.{era.letter}", language)) for era in reversed(ERAS)]
    return Input(
        name=f"{name}.era",
        id=anchor_of(f"{name}.era"),
        kind="select",
        choices=tuple(Choice(value=value, id="", title=title) for value, title in [("", first), *eras]),
        blank=False,
        label=say(PART_WORDS["era"], language),
        attributes=attributes.of_part(field, "era"),
    )


def _choices(field: Field, name: str, language: str) -> tuple[Choice, ...]:
    control = control_of(field)
    if control == "declaration":
        return (_choice(0, name, spelled(field, answer=True), field.title, None, language),)
    if control == "yes_no":
        words = (True, say("site.yes", language)), (False, say("site.no", language))
        return tuple(
            Choice(value=spelled(field, answer), id=_choice_id(name, number), title=title)
            for number, (answer, title) in enumerate(words)
        )
    return tuple(_option(number, name, option, language) for number, option in enumerate(field.options))


def _option(number: int, name: str, option: Option, language: str) -> Choice:
    return _choice(number, name, str(option.value), option.title, option.hint, language)


def _choice(number: int, name: str, value: str, title: Text, hint: Text | None, language: str) -> Choice:
    said, said_lang = worded(title, language)
    hinted, hinted_lang = worded(hint, language) if hint else ("", NONE)
    return Choice(
        value=value, id=_choice_id(name, number), title=said, title_lang=said_lang, hint=hinted, hint_lang=hinted_lang
    )


def _choice_id(name: str, number: int) -> str:
    """The first choice has the anchor itself, so that a mistake leads to it."""
    return anchor_of(name) if number == 0 else f"{anchor_of(name)}-{number + 1}"
