"""Answers of an earlier application that wait on their pages: shown there, and taken when the page is continued."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from engine.reuse import Leaf, Place, leaves
from procedures.profiles import origins
from web.residents.filling.drafted import Filling
from web.residents.filling.places import value_at, without_lists
from web.residents.filling.replies import Texts
from web.residents.filling.sheets import Sheet
from web.residents.filling.way import Page


def begun(filling: Filling, sheet: Sheet, texts: Texts) -> dict[str, Sequence[str]]:
    """The texts of a page that is opened, with what waits for it from an earlier application."""
    saved = sheet.saved(filling) or {}
    waiting = {id: answer for id, answer in _waiting(filling, sheet).items() if id not in saved}
    return {**sheet.form.texts_of(waiting), **texts}


def waits(filling: Filling, sheet: Sheet) -> bool:
    """Whether anything on this page waits to be looked at."""
    return any(answer is not None for answer in _waiting(filling, sheet).values())


def seen(session: Session, filling: Filling, sheet: Sheet) -> None:
    """After the page was answered and saved: nothing waits for it any more."""
    if filling.origin.waiting and _waiting(filling, sheet):
        origins.save(session, filling.id, filling.origin.seen(place for place, _ in places(sheet)))


def page_waits(filling: Filling, page: Page) -> bool:
    """Whether anything waits on a page, or in the items of its list that are not there yet."""
    if page.list is not None:
        return items_left(filling, page) > 0
    waiting = without_lists(page.fields, filling.origin.waiting)
    return any(answer is not None for answer in map(_something, waiting.values()))


def items_left(filling: Filling, page: Page) -> int:
    """How many items of the earlier application nobody has looked at yet."""
    return sum(_something(item) is not None for item in value_at(filling.origin.waiting, page.path) or ())


def _waiting(filling: Filling, sheet: Sheet) -> Mapping[str, Any]:
    base = _base(sheet)
    found = filling.origin.waits_at(base) if base else filling.origin.waiting
    if sheet.item is not None and sheet.page.list is not None:
        found = sheet.page.list.item_answers(found)
    return without_lists(sheet.form.fields, found or {})


def _base(sheet: Sheet) -> Place:
    return (*sheet.page.path, sheet.item) if sheet.item is not None else ()


def places(sheet: Sheet) -> Iterator[tuple[Place, Leaf]]:
    """Every question of the page with a single value, with its place among all answers."""
    base, listed = _base(sheet), sheet.page.list
    for leaf in leaves(sheet.form.fields):
        alone = sheet.item is not None and listed is not None and not listed.items_are_objects
        yield (base if alone else (*base, *leaf.place)), leaf


def _something(answer: Any) -> Any:
    """The answer; None where nothing of an object is left in it."""
    if isinstance(answer, Mapping):
        return answer if any(_something(one) is not None for one in answer.values()) else None
    return answer
