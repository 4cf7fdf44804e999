"""What could not be carried over: kinds of notes with their wording in the catalogue, and the list of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.words import say

PLACES = 3
"""As many places of one kind of note are named; of the rest only the number is told."""

LONGEST = 120


class Refused(Exception):
    """The source cannot be imported at all. `key` is one of the notes' keys."""

    def __init__(self, key: str, place: str = "", **params: object) -> None:
        self.note = Note(key, (place,), params)
        super().__init__(key, place, params)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at: `importing.<key>.what` and `.fix` in words, and where in the source (JSON Pointers).

    `count` is how often it occurs; the first places stand for all.
    """

    key: str
    places: tuple[str, ...]
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    count: int = 1

    def say(self, file: str, language: str) -> str:
        """One line: where, what is wrong, what to do."""
        more = self.count - len(self.places)
        where = " ".join(f"{file}#{place}" if place[:1] in {"", "/"} else place for place in self.places)
        if more > 0:
            where += say("importing.more", language, count=more)
        gap = "" if language == "ja" else " "
        told = gap.join(say(f"importing.{self.key}.{part}", language, **self.params) for part in ("what", "fix"))
        return f"{where}: {told}"


class Notes:
    """Gathers notes; the same thing in several places is one note."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], list[str]] = {}

    def add(self, key: str, place: str, **params: object) -> None:
        """Note something. Parameters are cut where they are long."""
        shown = {name: _short(value) for name, value in params.items()}
        self._found.setdefault((key, tuple(sorted(shown.items()))), []).append(place)

    def __iter__(self) -> Iterator[Note]:
        """In the order in which they were first found."""
        for (key, params), places in self._found.items():
            distinct = tuple(dict.fromkeys(places))
            yield Note(str(key), distinct[:PLACES], dict(params), len(distinct))  # type: ignore[call-overload]

    def __len__(self) -> int:
        """How many kinds there are."""
        return len(self._found)

    def keys(self) -> frozenset[str]:
        """The kinds that were found."""
        return frozenset(str(found[0]) for found in self._found)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def pointer(place: str, *steps: object) -> str:
    """The JSON Pointer (RFC 6901) that leads on from `place`."""
    return place + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
