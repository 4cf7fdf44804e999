"""Calculated values that an author shows to residents: on the check page, and on the pages of steps."""

from engine.journey import Journey
from engine.model import Calculated, Step, Text
from engine.values import shown
from web.context import language
from web.forms.wording import worded
from web.residents.telling.rows import Row


def of_step(journey: Journey, step: Step) -> list[Row]:
    """Those that stand on a step's page, as far as they are known."""
    return _rows(journey, [one for one in journey.procedure.calculated.values() if step.id in one.steps])


def at_the_end(journey: Journey) -> list[Row]:
    """Those that stand on no step's page that is on the path."""
    on_path = {step.id for step in journey.steps}
    values = journey.procedure.calculated.values()
    return _rows(journey, [one for one in values if one.shown and not on_path & set(one.steps)])


def _rows(journey: Journey, values: list[Calculated]) -> list[Row]:
    found = []
    for one in values:
        words = shown(one, journey.scope, language())
        if words is not None:
            title, lang = worded(one.title or Text(one.id), language())
            found.append(Row(title=title, title_lang=lang, lines=(words,)))
    return found
