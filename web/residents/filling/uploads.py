"""Files that travel with a page: kept at once, listed in their order, moved, taken away again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from engine.model import Field
from engine.words import say
from procedures import attachments
from procedures.applications import KeptFile
from procedures.attachments import Prepared
from procedures.errors import FileRefused
from procedures.uploads import pieces
from web.context import current_actor, language, now, reading, writing
from web.residents.filling.drafted import Filling
from web.residents.filling.sheets import Sheet
from web.residents.once.papers import used_again
from web.residents.uploading.rows import Listing, row, unfinished_words
from web.residents.uploading.taking import take

Sent = Sequence[tuple[str, Field, Sequence[Prepared]]]
STEPS = {"up": -1, "down": 1}
PRESSED = {"upload", "move_file", "use_paper"}  # buttons after which somebody stays on the page


@dataclass(slots=True)
class Uploads:
    """`texts`: the ids of the files by input name; `rows`: what to list; `refused`: words.

    `pressed`: somebody sent, moved or removed a file and stays on the page. `dropped`: the id that was removed.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, Listing] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    pressed: bool = False
    dropped: str | None = None


def listed(session: Session, application_id: str, sheet: Sheet, texts: Mapping[str, Sequence[str]]) -> Uploads:
    """The files of a page that is only looked at. A step's page lists all that were sent, saved with it or not."""
    found, actor = Uploads(), current_actor()
    begun = pieces.of_case(session, actor, application_id) if sheet.form.files else ()
    for name, asked in sheet.form.files:
        kept = attachments.of_field(session, actor, application_id, asked.path)
        files = own(kept, sheet, texts.get(name, ()))
        found.texts[name] = [file.id for file in files]
        rows = tuple(row(application_id, file) for file in files)
        found.rows[name] = Listing(rows, unfinished_words(begun, asked.path))
    return found


def receive(application_id: str, sheet: Sheet, request: Request) -> Uploads:
    """Keep what was sent, in the order that was wished, drop what was to be removed.

    Bytes are kept before any transaction begins.
    """
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
    in_order = {name: wished(request, name) for name, _ in sheet.form.files}
    added = _write(application_id, prepared, dropped, in_order)
    with reading() as session:
        shown = listed(session, application_id, sheet, {name: in_order[name] + added[name] for name in in_order})
    shown.refused, shown.dropped = found.refused, dropped
    shown.pressed = bool(dropped) or bool(PRESSED & request.form.keys())
    return shown


def own(kept: Sequence[KeptFile], sheet: Sheet, ids: Sequence[str]) -> list[KeptFile]:
    """Those of this page: a step has all of its question's files, an item only the ones it names."""
    return list(kept) if sheet.item is None else [file for file in kept if file.id in ids]


def file_names(session: Session, filling: Filling) -> dict[str, str]:
    """The names of every file that the draft's answers can name, by id."""
    asked = [field for step in filling.journey.steps for top in step.fields for field in files_below(top)]
    actor = current_actor()
    return {
        file.id: file.name for field in asked for file in attachments.of_field(session, actor, filling.id, field.path)
    }


def files_below(field: Field) -> Iterator[Field]:
    """The uploads of a question, however deep in lists and objects."""
    if field.type.control == "file":
        yield field
    for inner in (*field.properties, *([field.items] if field.items else [])):
        yield from files_below(inner)


def _prepared(request: Request, name: str, asked: Field, found: Uploads) -> Iterator[Prepared]:
    for file in request.files.getlist(f"{name}.new"):
        if not file.filename:
            continue
        try:
            yield taken(asked, file, file.filename)
        except FileRefused as error:
            found.refused.setdefault(name, []).append(say(error.key, language(), **error.params))


def taken(asked: Field, file: FileStorage, name: str) -> Prepared:
    """A file that travelled with a form, examined and kept. Raises `FileRefused`."""
    if getattr(file.stream, "crowded_out", False):
        raise FileRefused("uploads.crowded_out", name=name)
    return take(asked, name, file.stream.read())


def wished(request: Request, name: str) -> list[str]:
    """The ids of a question in the order of the page, with the move that was asked for."""
    ids = list(dict.fromkeys(request.form.getlist(name)))
    asked, _, rest = request.form.get("move_file", "").partition(":")
    moved, _, step = rest.partition(":")
    if asked == name and moved in ids:
        place = ids.index(moved)
        ids.insert(max(0, place + STEPS.get(step, 0)), ids.pop(place))
    return ids


def _write(
    application_id: str, prepared: Sent, dropped: str | None, wished: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Only what changes is written: most pages are sent with the files that they had, in the order that they had."""
    actor, moment = current_actor(), now()
    added: dict[str, list[str]] = {name: [] for name, *_ in prepared}
    moved = _moved(application_id, prepared, wished)
    if not (dropped or moved or any(files for *_, files in prepared)):
        return added
    with writing() as session:
        for name, asked, files in prepared:
            if name in moved:
                attachments.arrange(session, actor, moment, application_id, asked.path, wished[name])
            for file in files:
                added[name].append(attachments.add(session, actor, moment, application_id, asked.path, file))
        if dropped:
            attachments.remove(session, actor, moment, application_id, dropped)
    return added


def _moved(application_id: str, prepared: Sent, wished: Mapping[str, Sequence[str]]) -> set[str]:
    """The questions whose files stand in another order than the page wishes."""
    moved = set()
    several = [(name, asked) for name, asked, _ in prepared if len(wished[name]) > 1]
    if several:
        with reading() as session:
            for name, asked in several:
                kept = [file.id for file in attachments.of_field(session, current_actor(), application_id, asked.path)]
                if [id for id in kept if id in wished[name]] != [id for id in wished[name] if id in kept]:
                    moved.add(name)
    return moved
