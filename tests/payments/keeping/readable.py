"""What can be read of an installation by whoever has all of it: every row, every key that is left, every file."""

from collections.abc import Iterator

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import Session

from procedures.blobs import BlobMissing, Blobs
from procedures.keyring.envelopes import FORM
from procedures.keyring.live import KeyMissing, current
from procedures.models import Base
from procedures.models.sealed import SealedText


def places_with(session: Session, blobs: Blobs, words: str) -> set[str]:
    """The columns, as `table.column`, in which the words can be read, and `table.bytes` for files."""
    return {place for place, text in _everything(session, blobs) if words in text}


def _everything(session: Session, blobs: Blobs) -> Iterator[tuple[str, str]]:
    for table in Base.metadata.sorted_tables:
        columns = [type_coerce(column, Text) if _as_text(column.type) else column for column in table.c]
        for row in session.execute(select(*columns)):
            held = dict(zip(table.c.keys(), row, strict=True))
            opened = {name: _opened(f"{table.name}.{name}", value) for name, value in held.items()}
            yield from ((f"{table.name}.{name}", text) for name, text in opened.items())
            if held.get("blob_key"):
                yield f"{table.name}.bytes", _bytes(blobs, str(held["blob_key"]), opened["blob_secret"])


def _as_text(kind: object) -> bool:
    return isinstance(kind, SealedText)


def _opened(place: str, value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if not isinstance(value, str) or not value.startswith(FORM):
        return str(value)
    try:
        return current().unseal(place, value)
    except KeyMissing:
        return ""


def _bytes(blobs: Blobs, key: str, secret: str) -> str:
    try:
        with blobs.open(key, secret or None) as stream:
            return stream.read().decode("utf-8", "replace")
    except BlobMissing:
        return ""
