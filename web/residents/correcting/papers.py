"""Files on a page of a correction: those of the submission can be kept or left out, new ones are kept at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Request
from sqlalchemy.orm import Session

from engine.words import say
from procedures import attachments
from procedures.attachments import Prepared
from procedures.errors import FileRefused
from procedures.uploads import pieces
from web.context import current_actor, language, now, reading, writing
from web.forms.pages import PageForm
from web.residents.filling.uploads import PRESSED, taken, wished
from web.residents.uploading.rows import Listing, row, unfinished_words


@dataclass(slots=True)
class Papers:
    """`texts`: the ids of the files by input name; `rows`: the files to list; `refused`: words by input name.

    `pressed`: somebody sent a file or left one out, and stays on the page.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, Listing] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    pressed: bool = False


def listed(session: Session, application_id: str, form: PageForm, texts: Mapping[str, Sequence[str]]) -> Papers:
    """The files that the answers of a page name."""
    found, actor = Papers(), current_actor()
    begun = pieces.of_case(session, actor, application_id) if form.files else ()
    for name, asked in form.files:
        kept = {file.id: file for file in attachments.of_field(session, actor, application_id, asked.path)}
        files = [kept[id] for id in texts.get(name, ()) if id in kept]
        found.texts[name] = [file.id for file in files]
        rows = tuple(row(application_id, file) for file in files)
        found.rows[name] = Listing(rows, unfinished_words(begun, asked.path))
    return found


def receive(application_id: str, form: PageForm, request: Request) -> Papers:
    """Keep what was sent; bytes before any transaction begins. What is left out stays with the earlier submission."""
    refused: dict[str, list[str]] = {}
    prepared = {name: list(_prepared(request, name, form, refused)) for name, _ in form.files}
    added = _keep(application_id, form, prepared) if any(prepared.values()) else {}
    dropped = request.form.get("remove_file", "").rpartition(":")[2]
    texts = {
        name: [id for id in [*wished(request, name), *added.get(name, ())] if id != dropped] for name, _ in form.files
    }
    with reading() as session:
        found = listed(session, application_id, form, texts)
    found.refused = refused
    found.pressed = bool(dropped) or bool(PRESSED & request.form.keys())
    return found


def _prepared(request: Request, name: str, form: PageForm, refused: dict[str, list[str]]) -> Iterator[Prepared]:
    asked = dict(form.files)[name]
    for file in request.files.getlist(f"{name}.new"):
        if not file.filename:
            continue
        try:
            yield taken(asked, file, file.filename)
        except FileRefused as error:
            refused.setdefault(name, []).append(say(error.key, language(), **error.params))


def _keep(application_id: str, form: PageForm, prepared: Mapping[str, Sequence[Prepared]]) -> dict[str, list[str]]:
    actor, moment = current_actor(), now()
    with writing() as session:
        return {
            name: [attachments.add(session, actor, moment, application_id, asked.path, file) for file in prepared[name]]
            for name, asked in form.files
        }
