"""A sheet of questions: a step's own page, or one item of a list. What both can do, so that they are answered alike."""

from dataclasses import replace
from typing import Any, Protocol

from engine.journey import Journey, walk
from engine.model import Field, Step
from engine.validation import check_fields, read_fields
from web.forms.pages import PageForm, item_form, step_form
from web.forms.wording import worded
from web.residents.filling.drafted import Filling
from web.residents.filling.replies import Reply, Texts, put, readable, saved_of
from web.residents.filling.shown_items import shown_in_item
from web.residents.filling.way import Page, neighbours


class Sheet(Protocol):
    """What is answered at once. `item` is the place in its list from 0; None for a step's own page."""

    step: Step
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

    def heading(self, language: str) -> tuple[str, str]:
        """Its title and `lang` attribute."""
        ...

    def shows(self, journey: Journey, field: Field) -> bool:
        """Whether the answers so far make `field` show."""
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

    def heading(self, language: str) -> tuple[str, str]:
        """The step's title."""
        return worded(self.step.title, language)

    def shows(self, journey: Journey, field: Field) -> bool:
        """As the journey says."""
        return field.id in journey.shown

    def saved(self, filling: Filling) -> dict[str, Any]:
        """The saved answers of the page, those of hidden questions too."""
        return saved_of(self.form.fields, filling.draft.answers)

    def read(self, filling: Filling, texts: Texts) -> Reply:
        """What was sent; questions that do not show are kept and not checked."""
        fields = self.form.fields
        reading = read_fields(fields, texts)
        answers = put(filling.draft.answers, fields, reading)
        journey = walk(filling.procedure, answers, filling.day)
        shown = [field for field in fields if field.id in journey.shown]
        unread = [failure for failure in reading.failures if failure.path[0] in journey.shown]
        checked = check_fields(readable(shown, unread), answers, journey, filling.day)
        return Reply(answers, saved_of(fields, answers), journey, (*unread, *checked))


class ItemSheet:
    """One item of a list: one that is saved, or the next new one."""

    def __init__(self, filling: Filling, step: Step, listed: Field, number: int, language: str) -> None:
        self.step = step
        self.listed = listed
        self.item = number - 1
        self.page = Page(step, listed)
        self.form = item_form(filling.procedure, step, listed, language)

    def address(self, filling: Filling) -> str:
        """Its path."""
        return self.page.address(filling.id, self.item + 1)

    def back(self, filling: Filling) -> str:
        """The list; before its first item, what comes before the list."""
        before = neighbours(filling.journey, self.page)[0]
        if self._items(filling):
            return self.page.address(filling.id)
        return before.address(filling.id) if before else f"/applications/{filling.id}"

    def following(self, filling: Filling) -> Page | None:
        """The list."""
        return self.page

    def heading(self, language: str) -> tuple[str, str]:
        """The list's title with the item's number."""
        title, lang = worded(self.listed.title, language)
        return f"{title} {self.item + 1}", lang

    def shows(self, journey: Journey, field: Field) -> bool:
        """As the item's own answers and those outside say."""
        items = journey.answers.get(self.listed.id) or []
        item = items[self.item] if self.item < len(items) else {}
        return field.id in shown_in_item(journey, self.listed, item)

    def saved(self, filling: Filling) -> dict[str, Any] | None:
        """The item as it is saved; None while it is new."""
        items = self._items(filling)
        return items[self.item] if self.item < len(items) else None

    def read(self, filling: Filling, texts: Texts) -> Reply:
        """What was sent, checked as part of its list, without what other items lack."""
        reading = read_fields(self.form.fields, texts)
        item = dict(reading.answers)
        items = [*self._items(filling)]
        items[self.item : self.item + 1] = [item]
        answers = {**filling.draft.answers, self.listed.id: items}
        journey = walk(filling.procedure, answers, filling.day)
        shown = shown_in_item(journey, self.listed, item)
        unread = [failure for failure in reading.failures if failure.path[0] in shown]
        faulty = {failure.path[0] for failure in unread}
        checked = [
            replace(failure, path=failure.path[2:])
            for failure in check_fields((self.listed,), journey.answers, journey, filling.day)
            if failure.path[1:2] == (self.item,) and len(failure.path) > 2 and failure.path[2] not in faulty  # noqa: PLR2004
        ]
        return Reply(answers, item, journey, (*unread, *checked))

    def _items(self, filling: Filling) -> list[dict[str, Any]]:
        return filling.draft.answers.get(self.listed.id) or []
