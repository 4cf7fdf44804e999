"""Words about amounts, in every language in which an amount is explained."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.expressions import Expression
from engine.model import Text
from engine.words import say

OTHERS = ("en",)
"""What amounts are always explained in, besides Japanese."""
IF_WHOLE = ("zh", "ko")
"""What they are explained in where all that the explanation quotes is there, too: no sentence is in two languages."""


def words(key: str, **parameters: object) -> Text:
    """The wording of `fees.<key>`; a parameter that is a `Text` speaks the language of the rest, numbers get commas."""
    quoted = [value for value in parameters.values() if isinstance(value, Text)]
    whole = [code for code in IF_WHOLE if all(text.language_of(code) == code for text in quoted)]
    languages = ("ja", *OTHERS, *whole)
    spoken = {language: say(f"fees.{key}", language, **_in(language, parameters)) for language in languages}
    return Text(spoken.pop("ja"), MappingProxyType(spoken))


def _in(language: str, parameters: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.say(language) if isinstance(value, Text) else f"{value:,}" if isinstance(value, int) else value
        for name, value in parameters.items()
    }


def told(
    expression: Expression, titles: Mapping[str, Mapping[str, str]], named: Mapping[str, Expression] | None = None
) -> Text:
    """An expression in words; `titles` by language."""
    spoken = {language: expression.explain(language, titles[language], named) for language in titles}
    return Text(spoken.pop("ja"), MappingProxyType(spoken))
