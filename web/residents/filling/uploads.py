"""Files that travel with a page: kept at once, listed, taken away again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Request
from sqlalchemy.orm import Session

from engine.model import Field
from engine.words import say
from procedures import attachments
from procedures.applications import KeptFile
from procedures.attachments import Prepared
from procedures.errors import FileRefused
from web.context import current_actor, language, now, reading, services, writing
from web.residents.filling.drafted import Filling
from web.residents.filling.sheets import Sheet
from web.residents.once.papers import used_again

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
MOST_MEGABYTES = 10


@dataclass(slots=True)
class Uploads:
    """`texts`: the ids of the files by input name; `rows`: the files to list; `refused`: words.

    `pressed`: somebody sent or removed a file and stays on the page. `dropped`: the id that was removed.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    pressed: bool = False
    dropped: str | None = None


def listed(session: Session, application_id: str, sheet: Sheet, texts: Mapping[str, Sequence[str]]) -> Uploads:
    """The files of a page that is only looked at. A step's page lists all that were sent, saved with it or not."""
    found = Uploads()
    for name, asked in sheet.form.files:
        kept = attachments.of_field(session, current_actor(), application_id, asked.path)
        _list(found, application_id, name, _own(kept, sheet, texts.get(name, ())))
    return found


def receive(application_id: str, sheet: Sheet, request: Request) -> Uploads:
    """Keep what was sent, drop what was to be removed. Bytes are kept before any transaction begins."""
    found = Uploads()
    if not sheet.form.files:
        return found
    prepared = [
        (
            name,
            asked,
            [
                *_prepared(request, name, asked, found),
                *used_again(request, application_id, name, asked, found.refused),
            ],
        )
        for name, asked in sheet.form.files
    ]
    dropped = request.form.get("remove_file", "").rpartition(":")[2] or None
    added: dict[str, list[str]] = {}
    if dropped or any(files for *_, files in prepared):
        added = _write(application_id, prepared, dropped)
    with reading() as session:
        for name, asked in sheet.form.files:
            sent = [*request.form.getlist(name), *added.get(name, ())]
            kept = attachments.of_field(session, current_actor(), application_id, asked.path)
            _list(found, application_id, name, _own(kept, sheet, [id for id in sent if id != dropped]))
    found.dropped = dropped
    found.pressed = bool(dropped) or bool({"upload", "use_paper"} & request.form.keys())
    return found


def file_names(session: Session, filling: Filling) -> dict[str, str]:
    """The names of every file that the draft's answers can name, by id."""
    asked = [field for step in filling.journey.steps for top in step.fields for field in _files_below(top)]
    actor = current_actor()
    return {
        file.id: file.name for field in asked for file in attachments.of_field(session, actor, filling.id, field.path)
    }


def _files_below(field: Field) -> Iterator[Field]:
    """The uploads of a question, however deep in lists and objects."""
    if field.type.control == "file":
        yield field
    for inner in (*field.properties, *([field.items] if field.items else [])):
        yield from _files_below(inner)


def _prepared(request: Request, name: str, asked: Field, found: Uploads) -> Iterator[Prepared]:
    for file in request.files.getlist(f"{name}.new"):
        if not file.filename:
            continue
        accept = tuple(asked.settings.get("accept") or ())
        largest = min(attachments.MAX_BYTES, asked.settings.get("maxMegabytes", MOST_MEGABYTES) * MEGABYTE)
        try:
            yield attachments.prepare(services().blobs, file.filename, file.stream.read(), accept, largest)
        except FileRefused as error:
            found.refused.setdefault(name, []).append(say(error.key, language(), **error.params))


def _write(
    application_id: str, prepared: Sequence[tuple[str, Field, Sequence[Prepared]]], dropped: str | None
) -> dict[str, list[str]]:
    actor, moment, added = current_actor(), now(), {}
    blob = None
    with writing() as session:
        for name, asked, files in prepared:
            # pages of one paper are listed by time: a microsecond apart, they stay in the order in which they were sent
            added[name] = [
                attachments.add(session, actor, moment + timedelta(microseconds=n), application_id, asked.path, file)
                for n, file in enumerate(files)
            ]
        if dropped:
            blob = attachments.remove(session, actor, moment, application_id, dropped)
    if blob:
        services().blobs.delete(blob)
    return added


def _own(kept: Sequence[KeptFile], sheet: Sheet, ids: Sequence[str]) -> list[KeptFile]:
    """Those of this page: a step has all of its question's files, an item only the ones it names."""
    return list(kept) if sheet.item is None else [file for file in kept if file.id in ids]


def _list(found: Uploads, application_id: str, name: str, files: Sequence[KeptFile]) -> None:
    found.texts[name] = [file.id for file in files]
    found.rows[name] = [
        {
            "id": file.id,
            "name": file.name,
            "size": size_words(file.size),
            "href": f"/applications/{application_id}/attachments/{file.id}",
        }
        for file in files
    ]


def size_words(size: int) -> str:
    """Bytes as people read them."""
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / MEGABYTE:.1f} MB"
