"""The pages of a journey in their order: each step's own page, then one for each of its lists."""

from dataclasses import dataclass
from datetime import date

from engine.journey import Journey
from engine.model import Field, Step
from engine.validation import check_fields


@dataclass(frozen=True, slots=True)
class Page:
    """One page of questions; `list` is set on the page of an add-another list."""

    step: Step
    list: Field | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is answered there."""
        return self.step.plain_fields if self.list is None else (self.list,)

    def address(self, application_id: str, item: int | None = None, *, then_check: bool = False) -> str:
        """Its path; `item` counts from 1. `then_check`: after it, back to the check page."""
        path = f"/applications/{application_id}/steps/{self.step.id}"
        if self.list is not None:
            path += f"/{self.list.id}"
        if item is not None:
            path += f"/{item}"
        return path + "?return=check" if then_check else path


def pages_of(journey: Journey) -> tuple[Page, ...]:
    """Every page of the path. A step's own page is left out when nothing on it is shown."""
    pages: list[Page] = []
    for step in journey.steps:
        if any(field.id in journey.shown for field in step.plain_fields):
            pages.append(Page(step))
        pages += [Page(step, field) for field in step.lists if field.id in journey.shown]
    return tuple(pages)


def neighbours(journey: Journey, page: Page) -> tuple[Page | None, Page | None]:
    """The pages before and after `page`; None at the ends, and for both when it left the path."""
    pages = pages_of(journey)
    if page not in pages:
        return None, None
    place = pages.index(page)
    return (pages[place - 1] if place else None), (pages[place + 1] if place + 1 < len(pages) else None)


def unfinished(journey: Journey, today: date) -> Page | None:
    """The first page with a missing or rejected answer; None when everything is answered."""
    step = journey.first_unfinished()
    if step is None:
        return None
    pages = [page for page in pages_of(journey) if page.step is step]
    faulty = (page for page in pages if check_fields(page.fields, journey.answers, journey, today))
    return next(faulty, pages[0])


def progress(journey: Journey, step: Step | None) -> tuple[int, int]:
    """Which of how many: the steps of the path and, last, the check page (`step` None)."""
    total = len(journey.steps) + 1
    return (total if step is None else journey.steps.index(step) + 1), total
