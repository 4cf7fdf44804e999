"""Answers in words, page by page: for the check page, for lists, for a submitted case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.journey import Journey, holds, is_optional
from engine.model import Field
from engine.model.text import Tell
from engine.words import say
from web.context import language
from web.forms.naming import anchor_of
from web.forms.wording import lang_of_answer, worded
from web.residents.filling.drafted import Filling
from web.residents.filling.headings import item_heading, tell_at
from web.residents.filling.places import Path, around, value_at, without_lists
from web.residents.filling.way import Page, pages_of
from web.residents.telling import values
from web.residents.telling.rows import Row

Names = Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Section:
    """The answers of one page. `heading` belongs to one item of a list, or is the step's title."""

    title: str
    title_lang: str = ""
    rows: list[Row] = field(default_factory=list)
    items: list[tuple[str, list[Row], str]] = field(default_factory=list)
    href: str = ""


def sections(journey: Journey, names: Names, application_id: str | None) -> list[Section]:
    """Everything on the path, and the calculated values that are shown.

    `names` are the names of files by id; with an `application_id` there are change links.
    """
    found = [_section(journey, page, names, application_id) for page in pages_of(journey)]
    rest = values.at_the_end(journey)
    return [*found, Section(title=say("resident.calculated", language()), rows=rest)] if rest else found


def _section(journey: Journey, page: Page, names: Names, application_id: str | None) -> Section:
    listed = page.list
    tell = tell_at(journey, page.path)
    title, lang = worded((page.step.title if listed is None else listed.title).told(tell), language())
    section = Section(title=title, title_lang=lang)
    if listed is None:
        address = page.address(application_id, then="check") if application_id else ""
        shown = [asked for asked in page.fields if asked.id in journey.shown]
        answers = without_lists(shown, journey.answers)  # each list inside an object has a section of its own
        section.rows = rows(shown, answers, names, journey.optional, tell, lambda asked: _anchored(address, asked))
        section.rows += values.of_step(journey, page.step)
        return section
    if application_id:
        section.href = page.address(application_id, then="check")
    for index in range(len(value_at(journey.answers, page.path) or ())):
        address = page.address(application_id, index + 1, then="check") if application_id else ""
        path = (*page.path, index)
        heading, _ = item_heading(journey, listed, path, language())
        section.items.append((heading, _item_rows(journey, path, names), address))
    return section


def item_rows(filling: Filling, page: Page, index: int, names: Names) -> list[Row]:
    """The answers of one item of a list, without change links."""
    return _item_rows(filling.journey, (*page.path, index), names)


def _item_rows(journey: Journey, path: Path, names: Names) -> list[Row]:
    here = around(journey, path)
    if here is None:
        return []
    shown = [asked for asked in here.fields if holds(asked.when, here.scope)]
    tell = tell_at(journey, path)
    return rows(shown, here.answers, names, lambda asked: is_optional(asked, here.scope), tell, lambda _asked: "")


def rows(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    names: Names,
    optional: Callable[[Field], bool],
    tell: Tell,
    address: Callable[[Field], str],
) -> list[Row]:
    """One row a question; notes ask nothing."""
    return [
        _row(asked, tell, answers.get(asked.id), names, wanted=not optional(asked), href=address(asked))
        for asked in fields
        if asked.type.control != "note"
    ]


def _row(asked: Field, tell: Tell, answer: Any, names: Names, *, wanted: bool, href: str) -> Row:
    title, lang = worded(asked.title.told(tell), language())
    if answer in (None, "", []):
        return Row(title=title, title_lang=lang, wanted=wanted, href=href)
    if asked.type.control == "file":
        return Row(title=title, title_lang=lang, lines=tuple(names.get(id, id) for id in answer), href=href)
    lines = tuple(line for line in asked.type.show(asked, answer, language()).splitlines() if line)
    spoken = lang_of_answer(asked, answer, language())
    return Row(title=title, title_lang=lang, lines=lines, lines_lang=spoken, href=href)


def _anchored(address: str, asked: Field) -> str:
    return f"{address}#{anchor_of(asked.id)}" if address else ""
