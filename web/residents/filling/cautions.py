"""Warnings of a page: shown on it once it is answered, and once before somebody goes on."""

from collections.abc import Collection, Sequence

from engine.model import Caution, Step
from web.residents.filling.drafted import Filling
from web.residents.filling.sheets import Sheet


def of_step(filling: Filling, step: Step) -> Sequence[Caution]:
    """The warnings that the answers to this step made known."""
    return [warned.caution for warned in filling.journey.warnings if warned.step == step.id]


def shown_on(filling: Filling, sheet: Sheet) -> Sequence[Caution]:
    """What to show on a step's own page: nothing before it is answered, nothing on an item's (its list says it)."""
    return of_step(filling, sheet.step) if sheet.item is None and sheet.saved(filling) else ()


def untold(filling: Filling, sheet: Sheet, told: Collection[str]) -> bool:
    """Whether the answers that were just given bring up a warning that the page has not shown yet."""
    if filling.journey.stops or sheet.item is not None:
        return False
    return any(caution.id not in told for caution in of_step(filling, sheet.step))
