"""The places of a correction that have a page: a question, a list, one item of a list."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.correcting import ABSENT, Corrected, Place, value_at
from engine.journey import holds
from engine.model import Field
from engine.validation import Failure, read_fields
from engine.validation.wording import missing
from procedures.corrections.working import Working
from procedures.errors import NotFound
from web.forms.choosing import open_values
from web.forms.pages import PageForm, build
from web.residents.filling.places import address_of, around, lists_in, shown_lists, with_lists, without_lists
from web.residents.filling.replies import Texts


def address(work: Working, place: Place) -> str:
    """The page of a place."""
    return f"/applications/{work.application_id}/correction/change/{address_of(place)}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, the submission with it, and what is wrong with it; paths begin with a field of the page."""

    answer: Any
    tried: Corrected
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A question, or one item of the list `field` (a new one stands one past its end)."""

    place: Place
    field: Field

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return isinstance(self.place[-1], int)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions of its page, lists with pages of their own left out."""
        if not self.is_item:
            return (self.field,)
        return tuple(field for field in self.field.item_fields if not field.is_list)

    def form(self, work: Working, language: str) -> PageForm:
        """The questions as a form."""
        return build(self.fields, work.procedure, language)

    def answers(self, given: Any) -> dict[str, Any]:
        """The answers of its page among `given`, by field id."""
        found = value_at(given, self.place)
        if found is ABSENT:
            return {}
        return without_lists(self.fields, self.field.item_answers(found) if self.is_item else {self.field.id: found})

    def shows(self, corrected: Corrected, field: Field) -> bool:
        """Whether the answers so far make `field` show."""
        here = around(corrected.journey, self.place if self.is_item else self.place[:-1])
        return not self.is_item or (here is not None and holds(field.when, here.scope))

    def offers(self, corrected: Corrected, field: Field) -> Collection[str]:
        """The values of the options that can be chosen."""
        here = around(corrected.journey, self.place if self.is_item else self.place[:-1])
        return () if here is None else open_values(field, here.scope)

    def read(self, work: Working, texts: Texts) -> Reply:
        """What was sent, checked with all the rest."""
        reading = read_fields(self.fields, texts)
        answer = self._answer(work, reading.answers)
        tried = work.tried(work.changed(self.place, answer))
        shown = {field.id for field in self.fields if self.shows(tried, field)}
        unread = [failure for failure in reading.failures if failure.path[0] in shown]
        faulty = {failure.path[0] for failure in unread}
        found = [failure for failure in self.own(tried.failures) if failure.path[0] not in faulty]
        if self.is_item and answer is ABSENT and not unread:
            found = [Failure.of((field.id,), field, missing(field), custom=False) for field in self.fields]
        return Reply(answer, tried, (*unread, *found))

    def own(self, failures: Sequence[Failure]) -> list[Failure]:
        """Those that are mended on its page."""
        start = self.place if self.is_item and self.field.items_are_objects else self.place[:-1]
        inner = [path for path, _ in lists_in(self.fields)] if self.is_item or not self.field.is_list else []
        found = []
        for failure in failures:
            if failure.path[: len(self.place)] != self.place:
                continue
            path = failure.path[len(start) :]
            if self.is_item and not self.field.items_are_objects:
                path = (self.field.id, *path[1:])
            if path and not any(path[: len(one)] == one for one in inner):
                found.append(replace(failure, path=path))
        return found

    def _answer(self, work: Working, read: dict[str, Any]) -> Any:
        """What stands at the place by now, with the lists that were saved beside it."""
        saved = value_at(work.corrected.given, self.place)
        if self.is_item:
            before = {} if saved is ABSENT else self.field.item_answers(saved)
            item = with_lists(self.field.item_fields, read, before)
            return item if self.field.items_are_objects else item.get(self.field.id, ABSENT)
        before = {} if saved is ABSENT else {self.field.id: saved}
        begun = {self.field.id: {}} if self.field.optional is False and any(lists_in(self.field.properties)) else {}
        return with_lists((self.field,), {**begun, **read}, before).get(self.field.id, ABSENT)


def spot_at(work: Working, place: Place) -> Spot:
    """What is asked at `place`; a list has `spot.field.is_list`. Raises `NotFound` where nothing may be changed."""
    if not work.corrected.may_change(place):
        raise NotFound(work.application_id)
    is_item = isinstance(place[-1], int)
    field = _asked(work, place[:-1] if is_item else place)
    if field is None or (is_item and not field.is_list):
        raise NotFound(work.application_id)
    if is_item and place[-1] > len(_items(work, place[:-1])):
        raise NotFound(work.application_id)
    return Spot(place, field)


def items_at(work: Working, place: Place) -> list[Any]:
    """The items of the list at `place` by now."""
    return _items(work, place)


def places_of(work: Working, root: Place) -> Iterator[Place]:
    """The places with a page of their own below one that may change: itself, and the lists inside its object."""
    yield root
    field = _asked(work, root)
    if field is not None and field.properties:
        yield from lists_below(work, root)


def lists_below(work: Working, place: Place) -> Iterator[Place]:
    """The lists with pages of their own that show inside the object or item at `place`."""
    here = around(work.corrected.journey, place)
    if here is not None:
        yield from ((*place, *path) for path, _ in shown_lists(here))


def _asked(work: Working, place: Place) -> Field | None:
    """The question at `place`, if the answers lead to it."""
    journey = work.corrected.journey
    here = around(journey, place[:-1])
    if here is None or (len(place) == 1 and place[0] not in journey.shown):
        return None
    field = next((one for one in here.fields if one.id == place[-1]), None)
    return field if field is not None and holds(field.when, here.scope) else None


def _items(work: Working, place: Place) -> list[Any]:
    found = value_at(work.corrected.given, place)
    return found if isinstance(found, list) else []
