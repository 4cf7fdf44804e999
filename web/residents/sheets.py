"""A sheet of questions: a step's own page, or one item of a list. What both can do, so that they are answered alike."""

from typing import Any, Protocol

from engine.journey import Journey, walk
from engine.model import Field, Step
from engine.validation import check_fields, read_fields
from web.forms.pages import PageForm, step_form
from web.forms.wording import worded
from web.residents.drafted import Filling
from web.residents.replies import Reply, Texts, put, readable, saved_of
from web.residents.way import Page, neighbours


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
