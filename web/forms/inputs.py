"""The inputs of a question: one, or several with words of their own."""

from engine.eras import ERAS
from engine.fields.days import BOTH, calendar_of
from engine.model import Field
from engine.words import say
from web.forms import attributes
from web.forms.choosing import CHOSEN, LISTS, control_of
from web.forms.naming import anchor_of
from web.forms.plain import Choice, Input
from web.forms.wording import NONE, japanese, said

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


def inputs_of(field: Field, name: str, language: str, choices: tuple[Choice, ...]) -> tuple[Input, ...]:
    """The inputs in order; `choices` are those of a list to choose from."""
    control = control_of(field)
    if control in CHOSEN - LISTS or control in {"note", "group", "later"}:
        return ()
    parts = tuple(field.type.parts(field))
    if parts == ("",):
        return (_plain_input(field, name, language, choices),)
    return tuple(_part(field, name, part, language) for part in parts)


def _plain_input(field: Field, name: str, language: str, choices: tuple[Choice, ...]) -> Input:
    control = control_of(field)
    lines = control in {"textarea", "list"}
    listed = control in LISTS
    draw = {"file": attributes.of_file, "select": attributes.of_select, "autocomplete": attributes.of_select}
    return Input(
        name=name,
        id=anchor_of(name),
        kind="textarea" if lines else "select" if listed else "input",
        attributes=attributes.of_area(field) if lines else draw.get(control, attributes.of_plain)(field),
        choices=choices if listed else (),
        find=control == "autocomplete",
        label=said("parts.pages", language) if control == "file" and field.settings.get("pages") else "",
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
        label=said(PART_WORDS.get(part, f"parts.{part}"), language),
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
        label=said(PART_WORDS["era"], language),
        attributes=attributes.of_part(field, "era"),
    )
