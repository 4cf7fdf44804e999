"""The files of a case beside its answers: which one is shown, which come before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.model import Field, Procedure, Text
from procedures.cases import CaseView
from procedures.reading.casefile import KeptFile
from web.desk.panels import Look
from web.security.headers import show_frames


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file. `kind` is how it can be shown in the page: image, pdf, or other for what is only saved."""

    file: KeptFile
    field: Text | None
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Viewer:
    """All files in the order of the questions; `at` is shown, `chosen` says whether somebody asked for it."""

    sheets: tuple[Sheet, ...]
    at: Sheet | None
    chosen: bool

    @property
    def before(self) -> Sheet | None:
        """The one before."""
        return self.sheets[self.at.number - 2] if self.at and self.at.number > 1 else None

    @property
    def after(self) -> Sheet | None:
        """The next one."""
        return self.sheets[self.at.number] if self.at and self.at.number < len(self.sheets) else None


def read(session: Session, look: Look) -> Viewer:  # noqa: ARG001 - every panel is read alike
    """No statement: the case has its files. `?file=` chooses one; without, the first that can be shown is."""
    sheets = tuple(_sheets(look.case))
    wanted = look.asked.get("file", "")
    chosen = next((sheet for sheet in sheets if sheet.file.id == wanted), None)
    shown = chosen or next((sheet for sheet in sheets if sheet.kind != "other"), None)
    if any(sheet.kind == "pdf" for sheet in sheets):
        show_frames()
    return Viewer(sheets, shown, chosen is not None)


def _sheets(case: CaseView) -> Iterator[Sheet]:
    titles = dict(_titles(case.procedure))
    places = {path: place for place, path in enumerate(titles)}
    ordered = sorted(case.files, key=lambda file: places.get(file.field_id, len(places)))
    for number, file in enumerate(ordered, 1):
        yield Sheet(file, titles.get(file.field_id), kind_of(file.media_type), number)


def _titles(procedure: Procedure) -> Iterator[tuple[str, Text]]:
    """Every question with files by its path, in the order of the steps."""
    for step in procedure.steps:
        yield from _within(step.fields)


def _within(fields: Iterable[Field]) -> Iterator[tuple[str, Text]]:
    for field in fields:
        if field.type.name == "file":
            yield field.path, field.title
        yield from _within((*field.properties, *((field.items,) if field.items else ())))


def kind_of(media_type: str) -> str:
    """How browsers show such a file in a page of ours: image, pdf, or other."""
    if media_type in {"image/jpeg", "image/png", "image/webp", "image/gif"}:
        return "image"
    return "pdf" if media_type == "application/pdf" else "other"
