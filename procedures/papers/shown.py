"""What a certificate shows of a case: answers, calculated values, what staff filled in, in the words of the paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from engine.expressions import Scope
from engine.model import CertificateKind, Field, Procedure
from engine.papers.validity import scope_at
from engine.values import shown
from engine.words import say

LANGUAGE = "ja"
"""Certificates are official documents in Japanese, whatever language the applicant reads."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of a case when its papers are made.

    `staff` is what staff filled in, by field id; `spellings` how an answer is spelt on paper, by place
    (`field`, or `list.0.part`); `day` is the day on which formulas are looked at.
    """

    procedure: Procedure
    answers: Mapping[str, Any]
    day: date
    staff: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    spellings: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @property
    def scope(self) -> Scope:
        """What the formulas of certificates see."""
        return scope_at(self.procedure, self.answers, self.staff, self.day)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; `respelt`: not in the applicant's own characters."""

    place: str
    label: str
    value: str
    respelt: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading ("" for none); of an item of a list, `list` names the list."""

    heading: str
    entries: tuple[Entry, ...]
    list: str = ""


def groups(kind: CertificateKind, material: Material) -> Sequence[Group]:
    """Plain values together first, then each item of each list; what was not answered is left out."""
    plain = tuple(_plain(kind, material))
    found = [Group("", plain)] if plain else []
    for name in kind.shows:
        listed = material.procedure.fields.get(name)
        if listed is not None and listed.is_list:
            items = enumerate(material.answers.get(name, ()))
            found += [_item(listed, number, item, material) for number, item in items]
    return found


def labels(kind: CertificateKind, procedure: Procedure) -> dict[str, str]:
    """How everything that is shown is called, lists left out."""
    titles = {name: one.title for name, one in procedure.printed.items() if not one.is_list}
    titles |= {name: one.title for name, one in procedure.calculated.items() if one.title is not None}
    return {name: titles[name].say(LANGUAGE) for name in kind.shows if name in titles}


def _plain(kind: CertificateKind, material: Material) -> Iterator[Entry]:
    fields, answers = material.procedure.printed, {**material.answers, **material.staff}
    names = labels(kind, material.procedure)
    for name in kind.shows:
        if name in material.procedure.calculated:
            words = shown(material.procedure.calculated[name], material.scope, LANGUAGE)
            if words is not None and name in names:
                yield Entry(name, names[name], words)
        elif name in names and name in answers:
            yield _entry(name, fields[name], answers[name], material)


def _item(listed: Field, number: int, item: Any, material: Material) -> Group:
    heading = say("certificate.item", LANGUAGE, title=listed.title.say(LANGUAGE), number=number + 1)
    answers = listed.item_answers(item)
    lines = (
        _entry(f"{listed.id}.{number}.{part.id}", part, answers[part.id], material)
        for part in listed.item_fields
        if part.id in answers
    )
    return Group(heading, tuple(lines), listed.id)


def _entry(place: str, field: Field, answer: Any, material: Material) -> Entry:
    label = field.title.say(LANGUAGE)
    if place in material.spellings:
        return Entry(place, label, material.spellings[place], respelt=True)
    return Entry(place, label, field.type.show(field, answer, LANGUAGE))
