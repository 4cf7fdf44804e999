"""The component macros as one object that every template of this application can call: `ui.fields(…)`.

Importing a macro file costs a page 30 µs each time, because Jinja compares all global names; so they are loaded once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from flask import current_app
from markupsafe import Markup

from web.forms.pages import PageForm
from web.forms.plain import PaperLine, Question
from web.residents.telling.frame import Frame

if TYPE_CHECKING:
    from flask import Flask

FILES = ("page", "fields", "lists", "way", "rules", "corrections", "clock", "frame")


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands beside the questions of a page, by their names.

    `earlier`: answers to an earlier version; `known`: where the answer came from; `again`: papers to use once more.
    """

    earlier: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, Sequence[PaperLine]] = field(default_factory=dict)


NO_NOTES = Notes()


def install(app: "Flask") -> None:
    """Load every macro of `templates/components/`. Two of one name are a programming error."""
    macros: dict[str, object] = {}
    for file in FILES:
        module = app.jinja_env.get_template(f"components/{file}.html").module
        own = {name: macro for name, macro in vars(module).items() if not name.startswith("_") and callable(macro)}
        if twice := own.keys() & macros.keys():
            raise ValueError(f"macros declared twice: {sorted(twice)}. Rename them in components/{file}.html.")
        macros |= own
    ui = SimpleNamespace(**macros)
    app.jinja_env.globals.update(ui=ui, frame=Frame(ui))


def questions(
    form: PageForm,
    asked: Sequence[Question],
    texts: Mapping[str, Sequence[str]],
    beside: Mapping[str, Sequence[tuple[str, str]]],
    files: Mapping[str, Sequence[Mapping[str, Any]]] | None,
    notes: Notes = NO_NOTES,
) -> Markup:
    """The questions of a page as HTML; those with nothing in them are drawn once and kept."""
    draw = current_app.jinja_env.globals["ui"].fields
    if notes != NO_NOTES:
        return draw(_with_notes(asked, notes), texts, beside, files)
    if form.repeats or beside or files is not None or any(map(any, texts.values())):
        return draw(asked, texts, beside, files)
    shown = tuple((question.name, question.offered) for question in asked)
    drawn = form.blank.get(shown)
    if drawn is None:
        drawn = form.blank[shown] = draw(asked, {}, {}, None)
    return drawn


def _with_notes(asked: Sequence[Question], notes: Notes) -> tuple[Question, ...]:
    """The questions with what stands beside them, also inside of groups."""
    return tuple(
        replace(
            question,
            earlier=notes.earlier.get(question.name, ""),
            known=notes.known.get(question.name, ""),
            again=tuple(notes.again.get(question.name, ())),
            questions=_with_notes(question.questions, notes),
        )
        for question in asked
    )
