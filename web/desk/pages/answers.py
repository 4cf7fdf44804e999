"""The answers of a submission by step, as the applicant saw them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.journey import walk
from engine.model import Field, Procedure, Text
from procedures.applications import KeptFile


@dataclass(frozen=True, slots=True)
class Row:
    """One answered question. `lines` are words; `files` stand in their place for an upload."""

    title: Text
    lines: tuple[str, ...]
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The plain questions of a step (`number` 0), or one item of a list."""

    title: Text
    number: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One step."""

    title: Text
    groups: tuple[Group, ...]


def sections(
    procedure: Procedure, answers: Mapping[str, Any], files: Iterable[KeptFile], language: str, submitted_on: date
) -> tuple[Section, ...]:
    """The steps on the path of `answers`, walked as of the day of submission (Tokyo)."""
    journey = walk(procedure, answers, submitted_on)
    kept = {file.id: file for file in files}
    found = []
    for step in journey.steps:
        shown = [field for field in step.plain_fields if field.id in journey.answers]
        groups = [Group(step.title, 0, tuple(row(field, journey.answers[field.id], kept, language) for field in shown))]
        for field in step.lists:
            items = journey.answers.get(field.id, ())
            groups += [_item(field, number, item, kept, language) for number, item in enumerate(items, 1)]
        found.append(Section(step.title, tuple(group for group in groups if group.rows)))
    return tuple(section for section in found if section.groups)


def row(field: Field, answer: object, kept: Mapping[str, KeptFile], language: str) -> Row:
    """One question with its answer in words."""
    if field.type.name == "file" and isinstance(answer, list):
        return Row(field.title, (), tuple(kept[id_] for id_ in answer if id_ in kept))
    return Row(field.title, tuple(field.type.show(field, answer, language).splitlines()))


def _item(field: Field, number: int, item: Mapping[str, Any], kept: Mapping[str, KeptFile], language: str) -> Group:
    answers = field.item_answers(item)
    rows = tuple(row(part, answers[part.id], kept, language) for part in field.item_fields if part.id in answers)
    return Group(field.title, number, rows)
