"""Answers in words, page by page: for the check page, for lists, for a submitted case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.journey import Journey
from engine.model import Field
from web.context import language
from web.forms.building import anchor_of
from web.forms.wording import worded
from web.residents.filling.drafted import Filling
from web.residents.filling.shown_items import shown_in_item
from web.residents.filling.way import Page, pages_of

Names = Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Row:
    """One question, answered or not (`lines` empty). `wanted`: it must be answered; `href`: where to change it."""

    title: str
    title_lang: str = ""
    lines: tuple[str, ...] = ()
    wanted: bool = False
    href: str = ""


@dataclass(slots=True, kw_only=True)
class Section:
    """The answers of one page. `heading` belongs to one item of a list, or is the step's title."""

    title: str
    title_lang: str = ""
    rows: list[Row] = field(default_factory=list)
    items: list[tuple[str, list[Row], str]] = field(default_factory=list)
    href: str = ""


def sections(journey: Journey, names: Names, application_id: str | None) -> list[Section]:
    """Everything on the path. `names` are the names of files by id; with an `application_id` there are change links."""
    return [_section(journey, page, names, application_id) for page in pages_of(journey)]


def _section(journey: Journey, page: Page, names: Names, application_id: str | None) -> Section:
    listed = page.list
    title, lang = worded(page.step.title if listed is None else listed.title, language())
    section = Section(title=title, title_lang=lang)
    if listed is None:
        address = page.address(application_id, then_check=True) if application_id else ""
        shown = [asked for asked in page.fields if asked.id in journey.shown]
        section.rows = rows(shown, journey.answers, names, journey.optional, lambda asked: _anchored(address, asked))
        return section
    if application_id:
        section.href = page.address(application_id, then_check=True)
    for index, item in enumerate(journey.answers.get(listed.id) or ()):
        address = page.address(application_id, index + 1, then_check=True) if application_id else ""
        section.items.append((f"{title} {index + 1}", _item_rows(journey, listed, item, names), address))
    return section


def item_rows(filling: Filling, page: Page, index: int, names: Names) -> list[Row]:
    """The answers of one item of a list, without change links."""
    listed = page.list
    if listed is None:
        return []
    item = (filling.journey.answers.get(listed.id) or ())[index]
    return _item_rows(filling.journey, listed, item, names)


def _item_rows(journey: Journey, listed: Field, item: Mapping[str, Any], names: Names) -> list[Row]:
    properties = listed.items.properties if listed.items else ()
    shown = shown_in_item(journey, listed, item)
    return rows(
        [asked for asked in properties if asked.id in shown],
        item,
        names,
        lambda asked: asked.optional is True,
        lambda _asked: "",
    )


def rows(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    names: Names,
    optional: Callable[[Field], bool],
    address: Callable[[Field], str],
) -> list[Row]:
    """One row a question; notes ask nothing."""
    return [
        _row(asked, answers.get(asked.id), names, wanted=not optional(asked), href=address(asked))
        for asked in fields
        if asked.type.control != "note"
    ]


def _row(asked: Field, answer: Any, names: Names, *, wanted: bool, href: str) -> Row:
    title, lang = worded(asked.title, language())
    if answer in (None, "", []):
        return Row(title=title, title_lang=lang, wanted=wanted, href=href)
    if asked.type.control == "file":
        return Row(title=title, title_lang=lang, lines=tuple(names.get(id, id) for id in answer), href=href)
    lines = tuple(line for line in asked.type.show(asked, answer, language()).splitlines() if line)
    return Row(title=title, title_lang=lang, lines=lines, href=href)


def _anchored(address: str, asked: Field) -> str:
    return f"{address}#{anchor_of(asked.id)}" if address else ""
