"""What people call the names that expressions use."""

from collections.abc import Iterable, Iterator

from engine.model import Field, Procedure
from engine.words import say

# The parts of names and addresses that have a wording, `explain.part_…`; those of other fields keep their names.
PARTS = frozenset(
    {
        *("postcode", "prefecture", "city", "street", "building"),
        *("family", "given", "family_kana", "given_kana", "family_roman", "given_roman"),
        *("former_family", "former_family_kana"),
    }
)


def titles_in(procedure: Procedure, language: str) -> dict[str, str]:
    """The titles of all fields of a procedure, and those of its calculated values that have one."""
    values = {name: one.title.say(language) for name, one in procedure.calculated.items() if one.title is not None}
    return {**values, **titles_of(procedure.fields.values(), language)}


def titles_of(fields: Iterable[Field], language: str) -> dict[str, str]:
    """The titles of fields and what is inside them by id, of options as `field=value`, of parts as `field.part`."""
    return dict(_titles(fields, language))


def all_speak(fields: Iterable[Field], language: str) -> bool:
    """Whether the titles of fields, of what is inside them and of their options are there in `language`."""
    return all(
        field.title.language_of(language) == language
        and all(option.title.language_of(language) == language for option in field.options)
        and all_speak([*field.properties, *([field.items] if field.items else [])], language)
        for field in fields
    )


def _titles(fields: Iterable[Field], language: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        yield field.id, field.title.say(language)
        yield from ((f"{field.id}={option.value}", option.title.say(language)) for option in field.options)
        if not field.properties:
            parts = PARTS.intersection(field.type.value_type(field).properties)
            yield from ((f"{field.id}.{part}", say(f"explain.part_{part}", language)) for part in sorted(parts))
        yield from _titles([*field.properties, *([field.items] if field.items else [])], language)
