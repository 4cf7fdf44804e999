"""Which language somebody reads: what they chose, else what their browser prefers."""

from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from engine.words import LANGUAGES, TRANSLATED

SPOKEN = frozenset({"ja", "en", *TRANSLATED})  # easy Japanese is nothing that a browser asks for
STAFF = ("ja", "easy", "en")
"""Staff work in Japanese or English; their pages are not translated into others."""


def choose_language(chosen: str | None, preferred: LanguageAccept) -> str:
    """`chosen` if we speak it, else the first that the browser would like and we speak, else Japanese.

    Only the language counts, not the region or script: who asks for zh-TW or zh-Hant gets the Chinese that there is, in
    simplified characters, since that is nearer to them than Japanese or English.
    """
    if chosen in LANGUAGES:
        return chosen
    # Not LanguageAccept.best_match: to it, a weak "en" is better than a strong "ko-KR", because it is spelled alike.
    wished = (tag.replace("_", "-").partition("-")[0].lower() for tag, quality in preferred if quality > 0)
    return next((language for language in wished if language in SPOKEN), "ja")


@lru_cache(maxsize=500)
def preferred_language(header: str) -> str:
    """The language for an `Accept-Language` header; a few spellings of it are nearly all there is."""
    return choose_language(None, parse_accept_header(header, LanguageAccept))


def for_staff(language: str) -> str:
    """The nearest language that staff pages speak."""
    return language if language in STAFF else "en"
