"""The effects of a changed answer in words: one calm note on the page that comes next."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from engine.effects import Effects
from engine.fields.base import UNREADABLE
from engine.model import Procedure
from engine.words import say
from web.context import language
from web.forms.wording import worded
from web.pages.rendering import yen
from web.residents.filling.changing import to_tell
from web.residents.filling.drafted import Filling

MOST = 6
"""Questions named in one line; the rest are counted."""
LONGEST = 40
"""An answer of more characters is not repeated."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and the questions it speaks of with their `lang` attributes; `more` that are not named."""

    words: str
    titles: tuple[tuple[str, Markup], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """`because`: which answers were changed; `lines`: what that did."""

    because: tuple[Line, ...]
    lines: tuple[Line, ...]


def told(filling: Filling) -> Told | None:
    """What the page asked for has to tell; None for nothing."""
    found = to_tell(filling)
    if not found.any:
        return None
    because = tuple(_cause(filling, id) for id in found.because[:MOST])
    return Told(because, tuple(_lines(filling.procedure, found)))


def _cause(filling: Filling, id: str) -> Line:
    """The question, and the answer where it is short enough to be said in a breath."""
    field = filling.procedure.fields[id]
    titles = (worded(field.title, language()),)
    answer = filling.journey.answers.get(id)
    if answer is None:
        return Line(say("effects.cleared", language()), titles)
    if isinstance(answer, str | bool | int | float):
        try:
            words = field.type.show(field, answer, language())
        except UNREADABLE:
            words = ""
        if words and len(words) <= LONGEST and "\n" not in words:
            return Line(say("effects.answered", language(), answer=words), titles)
    return Line(say("effects.changed", language()), titles)


def _lines(procedure: Procedure, found: Effects) -> Iterable[Line]:
    for key, ids in (
        ("effects.added", found.added),
        ("effects.back", found.back),
        ("effects.gone", found.gone),
        ("effects.again", found.again),
    ):
        if ids:
            titles = tuple(worded(procedure.fields[id].title, language()) for id in ids[:MOST])
            yield Line(say(key, language(), count=len(ids)), titles, len(ids) - len(titles))
    if found.fee:
        before, after = found.fee
        key = "effects.fee" if after is not None else "effects.fee_open"
        yield Line(say(key, language(), before=yen(before), after=yen(after or 0)))
    if found.days and found.days[1] is not None:
        yield Line(say("effects.days", language(), before=found.days[0], after=found.days[1]))
    if found.office and found.office[1] is not None:
        yield Line(say("effects.office", language()))
