"""Words that are put together from an answer, in every language of the catalogue."""

from collections.abc import Callable
from types import MappingProxyType

from engine.model.text import Text
from engine.words import LANGUAGES


def in_every_language(show: Callable[[str], str]) -> Text:
    """What `show` says in each language, as one wording."""
    words = {language: show(language) for language in LANGUAGES}
    return Text(words.pop("ja"), MappingProxyType(words))
