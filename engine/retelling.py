"""Answers in words by their names, for wordings that repeat them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.expressions import UNKNOWN
from engine.fields.base import known_value
from engine.journey import Journey
from engine.model import Field
from engine.model.text import Tell
from engine.values import shown

Around = tuple[Iterable[Field], Mapping[str, Any]]


def teller(journey: Journey, *around: Around) -> Tell:
    """Tells what was answered on the path, and calculated values.

    `around`: the questions of the object or item that is spoken of with its answers, outermost first; they go before
    those of the procedure.
    """
    places: list[Around] = [*reversed(around), (journey.procedure.fields.values(), journey.answers)]

    def tell(name: str, language: str) -> str | None:
        first, *parts = name.split(".")
        for fields, answers in places:
            field = next((one for one in fields if one.id == first), None)
            if field is not None:
                return _said(field, answers.get(first), parts, language)
        calculated = journey.procedure.calculated.get(first)
        return shown(calculated, journey.scope, language) if calculated is not None and not parts else None

    return tell


def repeated_in(field: Field) -> bool:
    """Whether the words of a question repeat an answer, or those of one inside it."""
    return any(one is not None and one.repeats for one in (field.title, field.hint)) or any(
        map(repeated_in, field.properties)
    )


def _said(field: Field, answer: Any, parts: Sequence[str], language: str) -> str | None:
    if answer in (None, "", []) or known_value(field, answer) is UNKNOWN:
        return None
    if not parts:
        return field.type.in_passing(field, answer, language)
    inner = answer.get(parts[0]) if isinstance(answer, Mapping) else None
    held = next((one for one in field.properties if one.id == parts[0]), None)
    if held is not None:
        return _said(held, inner, parts[1:], language)
    return inner if isinstance(inner, str) and len(parts) == 1 else None
