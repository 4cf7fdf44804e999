"""An author's wording as a page needs it: the words, and the `lang` attribute where they are not in its language."""

from markupsafe import Markup

from engine.model import Text
from engine.words import tag_of

NONE = Markup("")


def lang_attribute(wording: Text, language: str) -> Markup:
    """` lang="ja"` where the wording falls back to another language than that of the page; else nothing."""
    spoken = tag_of(wording.language_of(language))
    return NONE if spoken == tag_of(language) else Markup(' lang="{}"').format(spoken)


def japanese(language: str) -> Markup:
    """The `lang` attribute of words that are Japanese whatever the language of the page."""
    return NONE if tag_of(language) == "ja" else Markup(' lang="ja"')


def worded(wording: Text | None, language: str) -> tuple[str, Markup]:
    """The words and their `lang` attribute; two empty strings for no wording."""
    if wording is None:
        return "", NONE
    return wording.say(language), lang_attribute(wording, language)
