"""What one chooses from: which control asks it, and its choices in one language."""

from collections.abc import Callable
from dataclasses import replace

from engine.expressions import Expression, Scope
from engine.journey import open_options
from engine.model import Field, Option, Text
from engine.words import say
from web.forms.naming import choice_id, spelled
from web.forms.plain import Choice
from web.forms.wording import NONE, worded

MOST_RADIOS, MOST_LISTED = 10, 40  # a longer list is a select; one longer still is found by typing
LISTS = frozenset({"select", "autocomplete"})
TAKEN_BACK = frozenset({"radios", "yes_no"})  # a button once pressed stays pressed; a list has an empty line anyway
CHOSEN = frozenset({"radios", "yes_no", "checkboxes", "declaration", *LISTS})

Depends = Callable[[Expression | None], tuple[str, str]]
"""The rule for the browser and the words of a condition on the same page; two empty strings where there is none."""


def control_of(field: Field) -> str:
    """The template that asks it; a list that has pages of its own is asked there."""
    if field.is_list:
        return "later"
    control = field.type.control
    if control != "radios":
        return control
    usual = "radios" if len(field.options) <= MOST_RADIOS else _list_of(len(field.options))
    return str(field.settings.get("display", usual))


def _list_of(count: int) -> str:
    return "select" if count <= MOST_LISTED else "autocomplete"


def choices_of(field: Field, name: str, language: str, depends: Depends) -> tuple[Choice, ...]:
    """The choices of one question, in order; where nobody must choose, the last takes back what was chosen."""
    choices = _choices(field, name, language, depends)
    if control_of(field) not in TAKEN_BACK or field.optional is False:
        return choices
    none = Choice(value="", id=choice_id(name, len(choices)), title=say("forms.no_choice", language))
    return (*choices, none)


def _choices(field: Field, name: str, language: str, depends: Depends) -> tuple[Choice, ...]:
    control = control_of(field)
    if control == "declaration":
        return (_choice(0, name, spelled(field, answer=True), Option(value=True, title=field.title), language),)
    if control == "yes_no":
        words = (True, say("site.yes", language)), (False, say("site.no", language))
        return tuple(
            Choice(value=spelled(field, answer), id=choice_id(name, number), title=title)
            for number, (answer, title) in enumerate(words)
        )
    choices = tuple(
        _choice(number, name, str(option.value), option, language, depends(option.when))
        for number, option in enumerate(field.options)
    )
    if control in LISTS:  # no readings fit into an <option>
        return tuple(replace(choice, title=str(choice.title)) for choice in choices)
    return choices


def _choice(
    number: int, name: str, value: str, option: Option, language: str, dependence: tuple[str, str] = ("", "")
) -> Choice:
    title, title_lang = worded(option.title, language)
    hint, hint_lang = worded(option.hint, language) if option.hint else ("", NONE)
    return Choice(
        value=value,
        id=choice_id(name, number),
        title=title,
        title_lang=title_lang,
        hint=hint,
        hint_lang=hint_lang,
        alone=option.exclusive,
        when_rule=dependence[0],
        when_words=dependence[1],
    )


def open_values(field: Field, scope: Scope) -> frozenset[str]:
    """What a browser sends for the options that can be chosen."""
    return frozenset(str(option.value) for option in open_options(field, scope))


def statements_of(field: Field, language: str) -> tuple[tuple[str, str], ...]:
    """What a declaration confirms, point by point, each with its `lang` attribute."""
    listed = field.settings.get("statements", ())
    return tuple(worded(statement, language) for statement in listed if isinstance(statement, Text))
