"""What keeps an expression from compiling: what is wrong and what to do, in both languages of authors."""

from collections.abc import Mapping

from engine.words import say

LANGUAGES = ("ja", "en")


class ExpressionError(Exception):
    """`message` and `fix` by language; `offset` counts characters from the start; `key` is the catalogue's."""

    def __init__(self, message: Mapping[str, str], fix: Mapping[str, str], offset: int, key: str = "") -> None:
        self.message, self.fix, self.offset, self.key = message, fix, offset, key
        super().__init__(message["en"])


def error(what: str, fix: str, offset: int, **parameters: object) -> ExpressionError:
    """The error whose wordings are the catalogue keys `what` and `fix`; a parameter may differ by language (a dict)."""
    return ExpressionError(_say(what, parameters), _say(fix, parameters), offset, what)


def _say(key: str, parameters: Mapping[str, object]) -> dict[str, str]:
    return {language: say(key, language, **_spoken(parameters, language)) for language in LANGUAGES}


def _spoken(parameters: Mapping[str, object], language: str) -> dict[str, object]:
    return {name: value[language] if isinstance(value, dict) else value for name, value in parameters.items()}
