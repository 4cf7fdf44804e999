"""Answers of a correction in words: before and after, each with where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from engine.correcting import ABSENT, Difference, Place, field_at
from engine.model import Field, Procedure
from engine.words import say
from web.forms.wording import NONE, lang_attribute

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """One question with its answer before and after, in lines; `title` says where it stands.

    `place` are the ids of what it stands in and its own, without the numbers of items.
    """

    title: str
    title_lang: Markup
    before: tuple[str, ...]
    after: tuple[str, ...]
    place: tuple[str, ...] = ()


def changed(found: Sequence[Difference], names: Names, language: str) -> list[Changed]:
    """Differences in words; `names` are those of files by id."""
    return [
        Changed(
            *_titled(one, language),
            lines(one.field, one.before, names, language),
            lines(one.field, one.after, names, language),
            (*(inside.field.id for inside in one.trail), one.field.id),
        )
        for one in found
    ]


def _titled(one: Difference, language: str) -> tuple[str, Markup]:
    parts = [_numbered(inside.field, inside.number, language) for inside in one.trail]
    if not one.trail or one.trail[-1].field.items is not one.field:  # an item that is no object is called as its list
        parts.append(one.field.title.say(language))
    return say("corrections.trail", language).join(parts), lang_attribute(one.field.title, language)


def title_of(procedure: Procedure, place: Place, language: str) -> tuple[str, Markup]:
    """What the question, list or item at `place` is called and where it stands, and its `lang` attribute."""
    parts, lang = [], NONE
    for length, key in enumerate(place, 1):
        field = field_at(procedure, place[:length]) if isinstance(key, str) else None
        if field is not None:
            following = place[length] if length < len(place) else None
            parts.append(_numbered(field, following + 1 if isinstance(following, int) else None, language))
            lang = lang_attribute(field.title, language)
    return say("corrections.trail", language).join(parts), lang


def _numbered(field: Field, number: int | None, language: str) -> str:
    title = field.title.say(language)
    return title if number is None else f"{title} {number}"


def lines(field: Field, answer: Any, names: Names, language: str) -> tuple[str, ...]:
    """An answer in lines; none for none."""
    if answer in (ABSENT, None, "", [], {}):
        return ()
    if field.type.control == "file":
        return tuple(names.get(one, one) for one in answer)
    if field.properties and isinstance(answer, Mapping):
        return tuple(_parts(field.properties, answer, names, language))
    if field.is_list and isinstance(answer, list):
        return tuple(_items(field, answer, names, language))
    return tuple(line for line in field.type.show(field, answer, language).splitlines() if line)


def _items(listed: Field, items: Sequence[Any], names: Names, language: str) -> Iterator[str]:
    title = listed.title.say(language)
    for number, item in enumerate(items, 1):
        told = _parts(listed.item_fields, listed.item_answers(item), names, language)
        yield f"{title} {number}　{'、'.join(told)}"


def _parts(fields: Sequence[Field], answers: Mapping[str, Any], names: Names, language: str) -> Iterator[str]:
    for field in fields:
        told = lines(field, answers.get(field.id), names, language)
        if told:
            yield f"{field.title.say(language)}：{'、'.join(told)}"
