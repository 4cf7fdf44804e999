"""Which language somebody reads: what they chose, else what their browser prefers."""

from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from engine.words import LANGUAGES

SPOKEN = ("ja", "en")  # easy Japanese is nothing that a browser asks for


def choose_language(chosen: str | None, preferred: LanguageAccept) -> str:
    """`chosen` if we speak it, else the browser's first of Japanese and English, else Japanese."""
    if chosen in LANGUAGES:
        return chosen
    return preferred.best_match(SPOKEN, default="ja")


@lru_cache(maxsize=500)
def preferred_language(header: str) -> str:
    """The language for an `Accept-Language` header; a few spellings of it are nearly all there is."""
    return choose_language(None, parse_accept_header(header, LanguageAccept))
