"""An author's wording as a page needs it: the words, and the `lang` attribute where they are not in its language."""

from markupsafe import Markup

from engine.model import Text

HTML_LANGUAGE = {"easy": "ja"}  # easy Japanese is Japanese to a screen reader
NONE = Markup("")


def html_language(language: str) -> str:
    """The value of `lang` for one of our languages."""
    return HTML_LANGUAGE.get(language, language)


def lang_attribute(wording: Text, language: str) -> Markup:
    """` lang="ja"` where the wording falls back to another language than that of the page; else nothing."""
    spoken = html_language(wording.language_of(language))
    return NONE if spoken == html_language(language) else Markup(' lang="{}"').format(spoken)


def japanese(language: str) -> Markup:
    """The `lang` attribute of words that are Japanese whatever the language of the page."""
    return NONE if html_language(language) == "ja" else Markup(' lang="ja"')


def worded(wording: Text | None, language: str) -> tuple[str, Markup]:
    """The words and their `lang` attribute; two empty strings for no wording."""
    if wording is None:
        return "", NONE
    return wording.say(language), lang_attribute(wording, language)
