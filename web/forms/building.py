"""From compiled fields to plain questions, once per page and language."""

from collections.abc import Mapping, Sequence
from functools import partial

from engine.expressions import Expression
from engine.model import Field
from engine.titles import titles_of
from web.forms.beside import beside_of
from web.forms.choosing import CHOSEN, Depends, choices_of, control_of, statements_of
from web.forms.inputs import inputs_of
from web.forms.naming import anchor_of, spelled
from web.forms.plain import Question
from web.forms.reveal import browser_rule, names_below
from web.forms.wording import japanese, worded

GROUPED = frozenset({"radios", "yes_no", "checkboxes", "date", "person_name", "address", "parts", "group"})


def questions_of(
    fields: Sequence[Field], language: str, named: Mapping[str, Expression], prefix: str = ""
) -> tuple[Question, ...]:
    """The questions of one page, in order. `named` are the procedure's conditions, `prefix` that of the input names."""
    on_page = {field.id: field for field in fields}
    depends = partial(_dependence, on_page=on_page, named=named, language=language, prefix=prefix)
    return tuple(_question(field, language, prefix, depends) for field in fields)


def _dependence(
    condition: Expression | None,
    on_page: Mapping[str, Field],
    named: Mapping[str, Expression],
    language: str,
    prefix: str,
) -> tuple[str, str]:
    """The rule and the words of a condition on other questions of the same page; two empty strings without one."""
    if condition is None or not names_below(condition, named) & on_page.keys():
        return "", ""
    asked = {
        id: (prefix + id, partial(spelled, other)) for id, other in on_page.items() if other.type.control in CHOSEN
    }
    titles = titles_of(on_page.values(), language)
    return browser_rule(condition, named, asked), condition.explain(language, titles, named)


def _question(field: Field, language: str, prefix: str, depends: Depends) -> Question:
    name, control = prefix + field.id, control_of(field)
    title, title_lang = worded(field.title, language)
    hint, hint_lang = worded(field.hint, language)
    purpose, purpose_lang = worded(field.purpose, language)
    choices = choices_of(field, name, language, depends) if control in CHOSEN else ()
    inputs = inputs_of(field, name, language, choices)
    when_rule, when_words = depends(field.when)
    inner = _inner(field, name, language) if control == "group" else ()
    grouped = control in GROUPED
    return Question(
        name=name,
        id=field.id,
        control=control,
        anchor=inner[0].anchor if inner else inputs[0].id if grouped and inputs else anchor_of(name),
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
        options=choices,
        questions=inner,
        statements=statements_of(field, language),
        when_rule=when_rule,
        when_words=when_words,
        **beside_of(field, language),
    )


def _inner(field: Field, name: str, language: str) -> tuple[Question, ...]:
    """The questions of a group; what depends on others of the group says so in words."""
    return questions_of(field.properties, language, {}, f"{name}.")
