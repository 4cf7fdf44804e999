"""Which language somebody reads: what they chose, else what their browser prefers."""

from werkzeug.datastructures import LanguageAccept

from engine.words import LANGUAGES

SPOKEN = ("ja", "en")  # easy Japanese is nothing that a browser asks for


def choose_language(chosen: str | None, preferred: LanguageAccept) -> str:
    """`chosen` if we speak it, else the browser's first of Japanese and English, else Japanese."""
    if chosen in LANGUAGES:
        return chosen
    return preferred.best_match(SPOKEN, default="ja")
