"""The whole way from a source's text to a spec's text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from engine.importing.notes import Note, Notes, Refused
from engine.importing.reading import tables
from engine.importing.reading.bundle import Bundle, bundle
from engine.importing.reading.cleaning import clean
from engine.importing.reading.documents import parse
from engine.importing.reading.drafts import UNSAID, draft_of
from engine.importing.shaping.naming import slug, spoken, wording
from engine.importing.shaping.questions import Asking, Question, Where
from engine.importing.shaping.spreading import Spreading
from engine.importing.writing.fitting import Fitting
from engine.importing.writing.proving import proved
from engine.importing.writing.spec import Front
from engine.importing.writing.steps import steps


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the author wants besides: where to start in the source (a JSON Pointer), and what no schema says."""

    version: date
    start: str = ""
    id: str | None = None
    bureau: str | None = None
    law: str | None = None
    retention_years: int | None = None
    language: str = "ja"


@dataclass(frozen=True, slots=True)
class Imported:
    """The spec's YAML, and what could not be carried over."""

    yaml: str
    notes: tuple[Note, ...]


def import_schema(
    source: bytes, file: str, wishes: Wishes, beside: Mapping[str, bytes] = MappingProxyType({})
) -> Imported:
    """The spec for a JSON Schema of any draft from 4 to 2020-12. `beside`: other documents by file name.

    Raises `Refused` for what is no schema, asks nothing, or is larger or deeper than anything sensible.
    """
    notes = Notes()
    document = _schema_of(parse(source), notes)
    others = {name: _schema_of(parse(octets), Notes()) for name, octets in beside.items()}
    for one in (document, *others.values()):
        if not isinstance(one, dict | bool):
            raise Refused("no_schema_at_all")
    found = bundle(document, file, others, notes, wishes.start)
    questions, rules, root = _ask(found, notes)
    Fitting({one.id: one.field for one in questions}, rules, notes).fit()
    front = Front(
        id=wishes.id or slug(wishes.start.rsplit("/", 1)[-1] or file.rsplit(".", 1)[0]),
        title=wording(root.get("title", "")) or spoken(file.rsplit(".", 1)[0]),
        summary=wording(root.get("description", "")) or None,
        version=wishes.version,
        source=file + (f"#{wishes.start}" if wishes.start else ""),
        bureau=wishes.bureau,
        law=wishes.law,
        retention_years=wishes.retention_years,
        language=wishes.language,
    )
    return Imported(proved(front, steps(questions), rules, notes), tuple(notes))


def _schema_of(document: Any, notes: Notes) -> Any:
    found = tables.as_schema(document, notes) if tables.is_table(document) else document
    if not isinstance(found, dict):
        return found
    return clean(found, notes, tuples=draft_of(found, UNSAID).tuples)


def _ask(found: Bundle, notes: Notes) -> tuple[list[Question], dict[str, Any], Mapping[str, Any]]:
    """The questions of the top level, the rules over all of them, and the root as a dictionary."""
    asking = Asking(found.definitions, notes)
    flat = asking.flattening.flat(found.root)
    if flat.schema in ({}, True, False):
        raise Refused("nothing_to_ask")
    root = flat.schema if isinstance(flat.schema, dict) else {}
    where = Where("", flat.through)
    if asking.kinds.asked(root) == "object" and not asking.kinds.nullable(root):
        by_place = Spreading(asking).questions(root, where)
        if by_place:
            by_name = {
                place.removeprefix("/").replace("~1", "/").replace("~0", "~"): one for place, one in by_place.items()
            }
            return list(by_place.values()), asking.conditions(root, by_name, where), root
    inner, names = asking.question(found.root, "answer", Where())
    notes.add("root_wrapped", "")
    return [Question("answer", {**inner, "as": ""}, names=names)], {}, root
