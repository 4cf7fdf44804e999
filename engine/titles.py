"""What people call the names that expressions use."""

from collections.abc import Iterable, Iterator

from engine.model import Field


def titles_of(fields: Iterable[Field], language: str) -> dict[str, str]:
    """The titles of fields and of what is inside them by id, and of options as `field=value`."""
    return dict(_titles(fields, language))


def _titles(fields: Iterable[Field], language: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        yield field.id, field.title.say(language)
        yield from ((f"{field.id}={option.value}", option.title.say(language)) for option in field.options)
        yield from _titles([*field.properties, *([field.items] if field.items else [])], language)
