"""The notice on a draft that moved to a new version: what is asked again, what is new, what is no longer used."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.model import Text
from engine.versions.equality import same
from web.context import language
from web.residents.filling.drafted import Filling
from web.residents.filling.moved import Moved, field_by_path, waiting
from web.residents.filling.places import Path, list_at, value_at
from web.residents.filling.way import Page


@dataclass(frozen=True, slots=True)
class Line:
    """A question, the answer it had in words (empty for none), and the page where it is asked (empty for none)."""

    title: Text
    words: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """`since` is the day on which the new version came into force."""

    since: date
    again: tuple[Line, ...]
    added: tuple[Line, ...]
    unused: tuple[Line, ...]
    fee: bool


def notice(filling: Filling) -> Notice | None:
    """What to tell; None for a draft that never moved."""
    moved = filling.moved
    if moved is None:
        return None
    again = tuple(
        Line(former.title, former.words(language()), _address(filling, former.kept.place or ()))
        for former in waiting(moved, filling.draft.answers)
    )
    unused = tuple(
        Line(former.title, former.words(language())) for former in moved.formers if former.kept.place is None
    )
    fee = not same(moved.before.fees, filling.procedure.fees)
    return Notice(filling.procedure.version, again, tuple(_added(filling, moved)), unused, fee)


def _added(filling: Filling, moved: Moved) -> Iterator[Line]:
    """New questions that are still open."""
    for path in moved.added:
        field = field_by_path(filling.procedure, path)
        place = _open_place(filling.draft.answers, tuple(path.split(".")))
        if field is not None and place is not None:
            yield Line(field.title, href=_address(filling, place))


def _open_place(answers: object, names: tuple[str, ...], place: Path = ()) -> Path | None:
    """The first place where the question of this path has no answer, looking into every item of a list."""
    here = value_at(answers, place)
    if isinstance(here, list):
        found = (_open_place(answers, names, (*place, index)) for index in range(len(here)))
        return next((one for one in found if one is not None), None)
    if not names:
        return place if here is None else None
    return _open_place(answers, names[1:], (*place, names[0]))


def _address(filling: Filling, place: Path) -> str:
    """The page where a place is asked for; empty where the answers do not lead there."""
    step = filling.procedure.step_of.get(str(place[0]))
    if step is None or step not in filling.journey.steps:
        return ""
    items = [index for index, key in enumerate(place) if isinstance(key, int)]
    path = place[: items[-1]] if items else ()
    listed = list_at(filling.journey, path) if items else None
    if listed is None:
        return Page(step).address(filling.id)
    return Page(step, listed, path).address(filling.id, int(place[items[-1]]) + 1)
