"""What a draft brought along from an earlier version of its procedure: the answers that wait beside their questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engine.fields.base import UNREADABLE
from engine.model import Field, Procedure, Text
from procedures import library
from procedures.amending import EarlierAnswer
from procedures.drafts import Draft
from web.residents.filling.places import Path, value_at


@dataclass(frozen=True, slots=True)
class Former:
    """An answer that was set aside, with the question it was given to; None where nobody knows it any more."""

    kept: EarlierAnswer
    field: Field | None

    @property
    def title(self) -> Text:
        """What the question was called."""
        return self.field.title if self.field else Text(".".join(map(str, self.kept.source)))

    def words(self, language: str) -> str:
        """The answer as it was shown."""
        if self.field is None:
            return str(self.kept.answer)
        try:
            return self.field.type.show(self.field, self.kept.answer, language)
        except UNREADABLE:
            return str(self.kept.answer)


@dataclass(frozen=True, slots=True)
class Moved:
    """`before` is the version that the draft was on; `added` are the paths of questions that were new to it."""

    before: Procedure
    on: date
    formers: tuple[Former, ...]
    added: tuple[str, ...]


def moved_of(session: Session, draft: Draft) -> Moved | None:
    """What the draft brought along; None for one that never moved."""
    earlier = draft.earlier
    if earlier is None:
        return None
    versions = {digest: library.by_digest(session, digest) for digest in {one.digest for one in earlier.answers}}
    formers = tuple(Former(one, field_by_path(versions[one.digest], one.field)) for one in earlier.answers)
    return Moved(library.by_digest(session, earlier.digest), earlier.moved_on, formers, earlier.added)


def waiting(moved: Moved, answers: Mapping[str, object]) -> tuple[Former, ...]:
    """Those whose question is still open: once it is answered, what was said before is history."""
    placed = (former for former in moved.formers if former.kept.place is not None)
    return tuple(former for former in placed if value_at(answers, former.kept.place or ()) is None)


def beside(formers: Iterable[Former], place: Path, language: str) -> dict[str, str]:
    """The earlier answers of one page by the name of the question; `place` is that of its item, empty for a step."""
    found: dict[str, str] = {}
    for former in formers:
        path = former.kept.place or ()
        rest = path[len(place) :]
        if path[: len(place)] == place and rest and all(isinstance(key, str) for key in rest):
            found[".".join(map(str, rest))] = former.words(language)
    return found


def field_by_path(procedure: Procedure, path: str) -> Field | None:
    """The field with this `path`, at any depth."""
    fields: Mapping[str, Field] = procedure.fields
    found: Field | None = None
    for name in path.split("."):
        found = fields.get(name)
        if found is None:
            return None
        inner = found.properties or (found.items.properties if found.items else ())
        fields = {field.id: field for field in inner}
    return found
