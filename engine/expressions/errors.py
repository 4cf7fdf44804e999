"""What keeps an expression from compiling: what is wrong and what to do, in both languages of authors."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from engine.expressions.types import Type
from engine.words import say

LANGUAGES = ("ja", "en")
MOST_NAMES = 12  # in an advice


class ExpressionError(Exception):
    """`message` and `fix` by language; `offset` counts characters from the start; `key` is the catalogue's."""

    def __init__(self, message: Mapping[str, str], fix: Mapping[str, str], offset: int, key: str = "") -> None:
        self.message, self.fix, self.offset, self.key = message, fix, offset, key
        super().__init__(message["en"])


def error(what: str, fix: str, offset: int, **parameters: object) -> ExpressionError:
    """The error whose wordings are the catalogue keys `what` and `fix`; a parameter may differ by language (a dict)."""
    return ExpressionError(_say(what, parameters), _say(fix, parameters), offset, what)


def named(type: Type) -> dict[str, str]:
    """What a type is called, by language."""
    if type.properties:
        names = ", ".join([*type.properties][:MOST_NAMES])
        return {language: say("expressions.record_of", language, names=names) for language in LANGUAGES}
    if type.item is None:
        return {language: say(f"expressions.{type.kind}", language) for language in LANGUAGES}
    items = named(type.item)
    return {language: say("expressions.list_of", language, item=items[language]) for language in LANGUAGES}


def suggested(name: str, known: Iterable[str]) -> str:
    """The names that resemble `name`; where none does, some of those that could be used."""
    names = sorted(known)
    close = get_close_matches(name, names, n=3)
    if close:
        return ", ".join(close)
    return ", ".join([*names[:MOST_NAMES], *(["…"] if len(names) > MOST_NAMES else [])]) or "–"


def _say(key: str, parameters: Mapping[str, object]) -> dict[str, str]:
    return {language: say(key, language, **_spoken(parameters, language)) for language in LANGUAGES}


def _spoken(parameters: Mapping[str, object], language: str) -> dict[str, object]:
    return {name: value[language] if isinstance(value, dict) else value for name, value in parameters.items()}
