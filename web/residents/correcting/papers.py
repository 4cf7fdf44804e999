"""Files on a page of a correction: those of the submission can be kept or left out, new ones are kept at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Request
from sqlalchemy.orm import Session

from engine.words import say
from procedures import attachments
from procedures.attachments import MAX_BYTES, Prepared
from procedures.errors import FileRefused
from web.context import current_actor, language, now, reading, services, writing
from web.forms.pages import PageForm
from web.residents.filling.uploads import MEGABYTE, MOST_MEGABYTES, size_words


@dataclass(slots=True)
class Papers:
    """`texts`: the ids of the files by input name; `rows`: the files to list; `refused`: words by input name.

    `pressed`: somebody sent a file or left one out, and stays on the page.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    pressed: bool = False


def listed(session: Session, application_id: str, form: PageForm, texts: Mapping[str, Sequence[str]]) -> Papers:
    """The files that the answers of a page name."""
    found = Papers()
    for name, asked in form.files:
        kept = {file.id: file for file in attachments.of_field(session, current_actor(), application_id, asked.path)}
        files = [kept[id] for id in texts.get(name, ()) if id in kept]
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
    return found


def receive(application_id: str, form: PageForm, request: Request) -> Papers:
    """Keep what was sent; bytes before any transaction begins. What is left out stays with the earlier submission."""
    refused: dict[str, list[str]] = {}
    prepared = {name: list(_prepared(request, name, form, refused)) for name, _ in form.files}
    added = _keep(application_id, form, prepared) if any(prepared.values()) else {}
    dropped = request.form.get("remove_file", "").rpartition(":")[2]
    texts = {
        name: [id for id in [*request.form.getlist(name), *added.get(name, ())] if id != dropped]
        for name, _ in form.files
    }
    with reading() as session:
        found = listed(session, application_id, form, texts)
    found.refused, found.pressed = refused, bool(dropped) or "upload" in request.form
    return found


def _prepared(request: Request, name: str, form: PageForm, refused: dict[str, list[str]]) -> Iterator[Prepared]:
    asked = dict(form.files)[name]
    largest = min(MAX_BYTES, asked.settings.get("maxMegabytes", MOST_MEGABYTES) * MEGABYTE)
    for file in request.files.getlist(f"{name}.new"):
        if not file.filename:
            continue
        try:
            accept = tuple(asked.settings.get("accept") or ())
            yield attachments.prepare(services().blobs, file.filename, file.stream.read(), accept, largest)
        except FileRefused as error:
            refused.setdefault(name, []).append(say(error.key, language(), **error.params))


def _keep(application_id: str, form: PageForm, prepared: Mapping[str, Sequence[Prepared]]) -> dict[str, list[str]]:
    actor, moment = current_actor(), now()
    with writing() as session:
        return {
            name: [
                attachments.add(session, actor, moment + timedelta(microseconds=n), application_id, asked.path, file)
                for n, file in enumerate(prepared[name])
            ]
            for name, asked in form.files
        }
