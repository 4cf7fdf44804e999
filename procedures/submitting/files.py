"""The files that a submission names: each must be there, of this case and this question."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import Field, Procedure, Text
from engine.validation import Failure
from engine.words import say
from procedures.models import Attachment

_MISSING = Text(say("notices.file_missing"), {code: say("notices.file_missing", code) for code in ("en", "easy")})

Path = tuple[str | int, ...]


def collect(
    session: Session, application_id: str, procedure: Procedure, answers: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[Failure]]:
    """Descriptions of the files by hash, to freeze, and a failure for each answer that names a missing one."""
    named = list(named_files(procedure, answers))
    if not named:
        return [], []
    rows = session.execute(select(Attachment).where(Attachment.application_id == application_id)).scalars()
    kept = {row.id: row for row in rows}
    files: list[dict[str, Any]] = []
    missing: list[Failure] = []
    for path, field, ids in named:
        for attachment_id in ids:
            row = kept.get(attachment_id)
            if row is None or row.field_id != field.path:
                missing.append(Failure(path, "file_missing", {}, _MISSING))
                break
            files.append(describe(row))
    return files, missing


def describe(row: Attachment) -> dict[str, Any]:
    """What is frozen of a file: what `KeptFile` holds."""
    told = {
        "id": row.id,
        "field_id": row.field_id,
        "name": row.name,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
    }
    if row.pages is not None:
        told["pages"] = row.pages
    if row.removed:
        told["removed"] = row.removed.split()
    return told


def named_files(procedure: Procedure, answers: Mapping[str, Any]) -> Iterator[tuple[Path, Field, list[str]]]:
    """Every answered file question, also inside objects and list items: where, which, the attachment ids."""
    for field in procedure.fields.values():
        yield from _within(field, (field.id,), answers.get(field.id))


def _within(field: Field, path: Path, answer: object) -> Iterator[tuple[Path, Field, list[str]]]:
    if answer is None:
        return
    if field.type.name == "file":
        if isinstance(answer, list):  # what is none was refused already
            yield path, field, answer
    elif field.items is not None and isinstance(answer, list):
        for index, item in enumerate(answer):
            yield from _within(field.items, (*path, index), item)
    elif field.properties and isinstance(answer, Mapping):
        for part in field.properties:
            yield from _within(part, (*path, part.id), answer.get(part.id))
