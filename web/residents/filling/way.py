"""The pages of a journey in their order: each step's own page, then one for each of its lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.journey import Journey
from engine.model import Field, Step
from engine.validation import Failure, check_fields
from web.residents.filling.places import Around, Path, address_of, around, lists_in, shown_lists


@dataclass(frozen=True, slots=True)
class Page:
    """One page of questions; on that of an add-another list `list` is set, and `path` says where it stands."""

    step: Step
    list: Field | None = None
    path: Path = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The top-level fields that are answered there, at least in part."""
        if self.list is None:
            return self.step.plain_fields
        return tuple(field for field in self.step.fields if field.id == self.path[0])

    @property
    def item(self) -> Path:
        """The item of another list in which it stands; empty where it stands in none."""
        places = [place for place, key in enumerate(self.path) if isinstance(key, int)]
        return self.path[: places[-1] + 1] if places else ()

    @property
    def name(self) -> str:
        """What counts call it: the step, and the list of it wherever it stands."""
        return "/".join((self.step.id, *(str(key) for key in self.path if not isinstance(key, int))))

    def address(self, application_id: str, item: int | None = None, *, then: str = "") -> str:
        """Its path; `item` counts from 1. `then`: after it, back to the page of this name (`filling.returning`)."""
        path = f"/applications/{application_id}/steps/{self.step.id}"
        if self.list is not None:
            path += f"/{address_of(self.path)}"
        if item is not None:
            path += f"/{item}"
        return path + f"?return={then}" if then else path

    def failures(self, journey: Journey, today: date) -> tuple[Failure, ...]:
        """What is missing or refused there; lists inside objects are not part of a step's own page."""
        return self.own(check_fields(self.fields, journey.answers, journey, today))

    def own(self, failures: Iterable[Failure]) -> tuple[Failure, ...]:
        """Those that are mended there."""
        if self.list is not None:
            return tuple(one for one in failures if one.path[: len(self.path)] == self.path)
        elsewhere = [path for path, _ in lists_in(self.step.plain_fields)]
        return tuple(one for one in failures if not any(one.path[: len(path)] == path for path in elsewhere))


def pages_of(journey: Journey) -> tuple[Page, ...]:
    """Every page of the path. A step's own page is left out when nothing on it is shown.

    Lists inside the items of a list are not among them: one comes to them from their item.
    """
    pages: list[Page] = []
    for step in journey.steps:
        if any(field.id in journey.shown for field in step.plain_fields):
            pages.append(Page(step))
        fields = [field for field in step.fields if field.id in journey.shown]
        pages += [Page(step, listed, path) for path, listed in shown_lists(_top(fields, journey))]
    return tuple(pages)


def _top(fields: list[Field], journey: Journey) -> Around:
    return Around(fields, journey.answers, journey.scope)


def pages_in(journey: Journey, step: Step, item: Path) -> tuple[Page, ...]:
    """The pages of the lists inside one item of a list."""
    here = around(journey, item)
    return tuple(Page(step, listed, (*item, *path)) for path, listed in shown_lists(here)) if here else ()


def neighbours(journey: Journey, page: Page) -> tuple[Page | None, Page | None]:
    """The pages before and after `page`; None at the ends, and for both when it left the path.

    Inside an item: those of its other lists, and after the last the list to which the item belongs.
    """
    pages = pages_in(journey, page.step, page.item) if page.item else pages_of(journey)
    if page not in pages:
        return None, None
    place = pages.index(page)
    after = pages[place + 1] if place + 1 < len(pages) else None
    return (pages[place - 1] if place else None), (holder(journey, page) if after is None and page.item else after)


def holder(journey: Journey, page: Page) -> Page:
    """The page of the list in one of whose items `page` stands."""
    path = page.item[:-1]
    outer = Page(page.step, page.list, path).item
    inner = around(journey, outer)
    listed = dict(lists_in(inner.fields))[path[len(outer) :]] if inner else None
    return Page(page.step, listed, path)


def unfinished(journey: Journey, today: date) -> Page | None:
    """The first page with a missing or rejected answer; None when everything is answered."""
    step = journey.first_unfinished()
    if step is None:
        return None
    pages = [page for page in pages_of(journey) if page.step is step]
    faulty = (page for page in pages if page.failures(journey, today))
    return next(faulty, pages[0])


def progress(journey: Journey, step: Step | None) -> tuple[int, int]:
    """Which of how many: the steps of the path and, last, the check page (`step` None)."""
    total = len(journey.steps) + 1
    return (total if step is None else journey.steps.index(step) + 1), total
