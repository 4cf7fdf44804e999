"""What a change of answers does further on: questions come or go, answers no longer fit, the price is another."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from engine.fees import NoRate, UnknownFee, quote
from engine.journey import Journey
from engine.model import Field
from engine.routing import NoOffice, office_of, standard_days

Pair = tuple[Any, Any]
"""Before and after; None on a side where it is not known."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Questions by the ids of top-level fields, in the order of the procedure.

    `because`: those whose answer was changed. `added`: asked now, or needed now, and without an answer. `back`: asked
    again, with the answer that the draft kept. `gone`: answered, but asked no more; the answers are kept and not sent.
    `again`: their answers fitted before and do not any more. `fee` (yen), `days` (standard period, business days) and
    `office` are None where nothing changes.
    """

    because: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    fee: Pair | None = None
    days: Pair | None = None
    office: Pair | None = None

    @property
    def any(self) -> bool:
        """Whether there is something to tell beside the change itself."""
        return any((self.added, self.back, self.gone, self.again, self.fee, self.days, self.office))


NOTHING = Effects()


def effects(before: Journey, after: Journey, here: Collection[str]) -> Effects:
    """What became of `before` by answering the questions `here` (ids of top-level fields) otherwise.

    Both journeys are through the same procedure on the same day. Nothing is said of the questions `here` themselves,
    whoever answers sees them; and nothing where the way ends in a stop, which is a page of its own.
    """
    if before.stops or after.stops or before.answers == after.answers:
        return NOTHING
    further = [field for id, field in after.procedure.fields.items() if id not in here and field.type.control != "note"]
    come = [field for field in further if field.id in after.shown - before.shown]
    broken = _newly_broken(before, after, further)
    needed = [field.id for field in further if field.id in broken and field.id not in after.answers]
    fresh = {*needed, *(field.id for field in come if field.id not in after.answers)}
    return Effects(
        because=tuple(id for id in after.procedure.fields if id in here and _answer(before, id) != _answer(after, id)),
        added=tuple(field.id for field in further if field.id in fresh),
        back=tuple(field.id for field in come if field.id in after.answers),
        gone=tuple(field.id for field in further if field.id in before.answers and field.id not in after.shown),
        again=tuple(field.id for field in further if field.id in broken and field.id in after.answers),
        fee=_changed(_fee, before, after),
        days=_changed(_days, before, after),
        office=_changed(_office, before, after),
    )


def _answer(journey: Journey, id: str) -> Any:
    return journey.answers.get(id)


def _newly_broken(before: Journey, after: Journey, fields: Collection[Field]) -> frozenset[str]:
    """Those asked before and after that have a mistake, or lack an answer, only after."""
    both = [field for field in fields if field.id in before.shown & after.shown]
    return frozenset(_faulty(after, both)) - frozenset(_faulty(before, both))


def _faulty(journey: Journey, fields: Collection[Field]) -> Iterator[str]:
    from engine.validation import check_fields

    for failure in check_fields(fields, journey.answers, journey, journey.today):
        yield str(failure.path[0])


def _changed(find: Callable[[Journey], Any], before: Journey, after: Journey) -> Pair | None:
    """Nothing where it was not known before either: that it is known now shows wherever it stands."""
    was, now = find(before), find(after)
    return None if was is None or was == now else (was, now)


def _fee(journey: Journey) -> int | None:
    try:
        bill = quote(journey.procedure, journey, journey.today)
    except (NoRate, UnknownFee):
        return None
    return bill.total if bill else None


def _days(journey: Journey) -> int | None:
    try:
        return standard_days(journey.procedure, journey)
    except NoOffice:
        return None


def _office(journey: Journey) -> str | None:
    try:
        return office_of(journey.procedure, journey)
    except NoOffice:
        return None
