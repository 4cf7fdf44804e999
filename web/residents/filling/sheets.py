"""A sheet of questions: a step's own page, or one item of a list. What both can do, so that they are answered alike."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from engine.journey import Journey, holds, walk
from engine.model import Field, Step
from engine.model.text import Tell
from engine.validation import Failure, Reading, check_fields, read_fields
from engine.validation.wording import missing
from web.forms.choosing import open_values
from web.forms.pages import PageForm, item_form, step_form
from web.forms.wording import worded
from web.residents.filling.drafted import Filling
from web.residents.filling.headings import item_heading, tell_at
from web.residents.filling.places import Path, around, lists_in, put_at, value_at, with_lists, without_lists
from web.residents.filling.replies import Reply, Texts, put, readable
from web.residents.filling.way import Page, holder, neighbours, pages_in


class Sheet(Protocol):
    """What is answered at once. `item` is the place in its list from 0; None for a step's own page."""

    step: Step
    page: Page
    form: PageForm
    item: int | None

    def address(self, filling: Filling) -> str:
        """Its path."""
        ...

    def back(self, filling: Filling) -> str:
        """The page before it."""
        ...

    def following(self, filling: Filling) -> Page | None:
        """The page after it, once it is answered; None: the check page."""
        ...

    def heading(self, journey: Journey, language: str) -> tuple[str, str]:
        """Its title and `lang` attribute."""
        ...

    def tell(self, journey: Journey) -> Tell:
        """Tells the answers that its words repeat."""
        ...

    def shows(self, journey: Journey, field: Field) -> bool:
        """Whether the answers so far make `field` show."""
        ...

    def offers(self, journey: Journey, field: Field) -> Collection[str]:
        """The values of the options that the answers so far leave open."""
        ...

    def saved(self, filling: Filling) -> dict[str, Any] | None:
        """The saved answers by field id; None for an item that does not exist yet."""
        ...

    def read(self, filling: Filling, texts: Texts) -> Reply:
        """What was sent, checked."""
        ...


class StepSheet:
    """A step's own page."""

    item = None

    def __init__(self, filling: Filling, step: Step, language: str) -> None:
        self.step = step
        self.page = Page(step)
        self.form = step_form(filling.procedure, step, language)

    def address(self, filling: Filling) -> str:
        """Its path."""
        return self.page.address(filling.id)

    def back(self, filling: Filling) -> str:
        """The page before it; of the first one, the application."""
        before = neighbours(filling.journey, self.page)[0]
        return before.address(filling.id) if before else f"/applications/{filling.id}"

    def following(self, filling: Filling) -> Page | None:
        """The page after it."""
        return neighbours(filling.journey, self.page)[1]

    def heading(self, journey: Journey, language: str) -> tuple[str, str]:
        """The step's title."""
        return worded(self.step.title.told(self.tell(journey)), language)

    def tell(self, journey: Journey) -> Tell:
        """Tells every answer."""
        return tell_at(journey)

    def shows(self, journey: Journey, field: Field) -> bool:
        """As the journey says."""
        return field.id in journey.shown

    def offers(self, journey: Journey, field: Field) -> Collection[str]:
        """As the journey says."""
        return open_values(field, journey.scope)

    def saved(self, filling: Filling) -> dict[str, Any]:
        """The saved answers of the page, those of hidden questions too."""
        return without_lists(self.form.fields, filling.draft.answers)

    def read(self, filling: Filling, texts: Texts) -> Reply:
        """What was sent; questions that do not show are kept and not checked."""
        fields = self.form.fields
        reading = read_fields(fields, texts)
        answers = put(filling.draft.answers, fields, _begun(fields, reading))
        answers = with_lists(fields, answers, filling.draft.answers)
        journey = walk(filling.procedure, answers, filling.day)
        shown = [field for field in fields if field.id in journey.shown]
        unread = [failure for failure in reading.failures if failure.path[0] in journey.shown]
        checked = self.page.own(check_fields(readable(shown, unread), answers, journey, filling.day))
        return Reply(answers, without_lists(fields, answers), journey, (*unread, *checked))


class ItemSheet:
    """One item of a list: one that is saved, or the next new one."""

    def __init__(self, filling: Filling, page: Page, listed: Field, number: int, language: str) -> None:
        self.step = page.step
        self.listed = listed
        self.item = number - 1
        self.page = page
        self.form = item_form(filling.procedure, page.step, listed, language)

    @property
    def path(self) -> Path:
        """Where the item stands among the answers."""
        return (*self.page.path, self.item)

    def address(self, filling: Filling) -> str:
        """Its path."""
        return self.page.address(filling.id, self.item + 1)

    def back(self, filling: Filling) -> str:
        """The list; before its first item, what comes before the list."""
        return self.page.address(filling.id) if self._items(filling) else before_list(filling, self.page)

    def following(self, filling: Filling) -> Page | None:
        """The first list inside the item, else the list that it belongs to."""
        return next(iter(pages_in(filling.journey, self.step, self.path)), self.page)

    def heading(self, journey: Journey, language: str) -> tuple[str, str]:
        """The item's title with its number."""
        return item_heading(journey, self.listed, self.path, language)

    def tell(self, journey: Journey) -> Tell:
        """Tells the answers of the item, too."""
        return tell_at(journey, self.path)

    def shows(self, journey: Journey, field: Field) -> bool:
        """As the item's own answers and those outside say."""
        here = around(journey, self.path)
        return here is not None and holds(field.when, here.scope)

    def offers(self, journey: Journey, field: Field) -> Collection[str]:
        """As the item's own answers and those outside say."""
        here = around(journey, self.path)
        return () if here is None else open_values(field, here.scope)

    def saved(self, filling: Filling) -> dict[str, Any] | None:
        """The item as it is saved, without the lists inside it; None while it is new."""
        items = self._items(filling)
        if self.item >= len(items):
            return None
        return without_lists(self.listed.item_fields, self.listed.item_answers(items[self.item]))

    def read(self, filling: Filling, texts: Texts) -> Reply:
        """What was sent, checked as part of its list, without what other items lack."""
        fields = self.listed.item_fields
        reading = _begun(self.form.fields, read_fields(self.form.fields, texts))
        items = [*self._items(filling)]
        before = self.listed.item_answers(items[self.item]) if self.item < len(items) else {}
        item = with_lists(fields, reading.answers, before)
        items[self.item : self.item + 1] = [item if self.listed.items_are_objects else item.get(self.listed.id)]
        answers = put_at(filling.draft.answers, self.page.path, items)
        journey = walk(filling.procedure, answers, filling.day)
        shown = [field for field in self.form.fields if self.shows(journey, field)]
        asked = {field.id for field in shown}
        unread = [failure for failure in reading.failures if failure.path[0] in asked]
        checked = self._checked(journey, filling.day, {failure.path[0] for failure in unread})
        if not self.listed.items_are_objects and not reading.answers and not unread:
            checked = [Failure.of((field.id,), field, missing(field), custom=False) for field in shown]
        return Reply(answers, without_lists(fields, item), journey, (*unread, *checked))

    def _checked(self, journey: Journey, today: date, faulty: Collection[str | int]) -> list[Failure]:
        """What is wrong with the item but for the lists inside it; paths begin with the id of a question."""
        length, inner = len(self.path), [path for path, _ in lists_in(self.listed.item_fields)]
        start: Path = () if self.listed.items_are_objects else (self.listed.id,)
        found = [
            replace(failure, path=(*start, *failure.path[length:]))
            for failure in self.page.failures(journey, today)
            if failure.path[:length] == self.path
        ]
        return [
            failure
            for failure in found
            if failure.path
            and failure.path[0] not in faulty
            and not any(failure.path[: len(path)] == path for path in inner)
        ]

    def _items(self, filling: Filling) -> list[Any]:
        return value_at(filling.draft.answers, self.page.path) or []


def before_list(filling: Filling, page: Page) -> str:
    """The page before that of a list: the item in which it stands, another page, or the application."""
    before = neighbours(filling.journey, page)[0]
    if before is None and page.item:
        place = page.item[-1]
        return holder(filling.journey, page).address(filling.id, place + 1 if isinstance(place, int) else None)
    return before.address(filling.id) if before else f"/applications/{filling.id}"


def _begun(fields: Iterable[Field], reading: Reading) -> Reading:
    """An object that holds a list and must be answered is there as soon as its page is sent: the list comes after."""
    begun = {
        field.id: {}
        for field in fields
        if field.optional is False and field.properties and any(lists_in(field.properties))
    }
    return replace(reading, answers={**begun, **reading.answers})
