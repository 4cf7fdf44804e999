"""An author's wording as a page needs it: the words, and the `lang` attribute where they are not in its language."""

from collections.abc import Iterable
from typing import Any, Self

from markupsafe import Markup

from engine.model import Field, Text
from engine.model.text import JAPANESE
from engine.words import readings, say, tag_of
from engine.words.ruby import Piece, pieces

NONE = Markup("")
INSTEAD = Markup(' data-instead=""')
"""Marks words that stand in for missing ones: site.css draws a dotted line below them, base.html says what it means."""
_RUBY = Markup('<ruby>{}<rp>（</rp><rt aria-hidden="true">{}</rt><rp>）</rp></ruby>')


class Drawn(str):
    """Words that stand in HTML in a way of their own; everywhere else they are the words alone."""

    __slots__ = ("_html",)

    def __new__(cls, words: str, html: Markup) -> Self:
        """The words, and how they are drawn."""
        drawn = super().__new__(cls, words)
        drawn._html = html
        return drawn

    def __html__(self) -> Markup:
        return self._html


def with_readings(whole: Iterable[Piece]) -> Drawn:
    """The words of a wording in pieces, drawn with kana above kanji.

    The kana are hidden from screen readers, which read kanji themselves and would say everything twice.
    """
    known = tuple(whole)
    html = (_RUBY.format(piece.words, piece.reading) if piece.reading else piece.words for piece in known)
    return Drawn("".join(piece.words for piece in known), Markup("").join(html))


def shown(wording: Text, language: str) -> str:
    """The words in `language`, or in Japanese where they are missing; with readings for easy Japanese."""
    if language == "easy" and wording.read:
        return with_readings(wording.pieces(language))
    return wording.say(language)


def said(key: str, language: str, **parameters: object) -> str:
    """The wording of `key` in the catalogue, with its readings for easy Japanese."""
    written = readings().get(key) if language == "easy" else None
    if written is None:
        return say(key, language, **parameters)
    return with_readings(
        Piece(piece.words.format(**parameters) if parameters else piece.words, piece.reading)
        for piece in pieces(written)
    )


def lang_attribute(wording: Text, language: str) -> Markup:
    """The attributes of a wording that is shown instead of one in `language`: that it is, and in which language."""
    spoken = wording.language_of(language)
    if spoken == language:
        return NONE
    return INSTEAD if tag_of(spoken) == tag_of(language) else Markup(' lang="{}"').format(tag_of(spoken)) + INSTEAD


def japanese(language: str) -> Markup:
    """The `lang` attribute of words that are Japanese whatever the language of the page."""
    return NONE if tag_of(language) == "ja" else Markup(' lang="ja"')


def lang_of_answer(field: Field, answer: Any, language: str) -> Markup:
    """The attributes of an answer as it is shown: what was typed or chosen may be in Japanese on a page that is not."""
    words = field.type.show(field, answer, language)
    letters = set(JAPANESE.findall(words))
    if not japanese(language) or not letters or words != field.type.show(field, answer, "ja"):
        return NONE
    if not field.options:  # typed, unless the letters come from us, as in a day
        return japanese(language) if letters <= set(str(answer)) else NONE
    spoken = all(option.title.language_of(language) == language for option in field.options)
    return NONE if spoken else japanese(language) + INSTEAD


def answered(field: Field, answer: Any, language: str) -> str:
    """An answer in words, drawn with its language where that is not the one of the page."""
    words, lang = field.type.show(field, answer, language), lang_of_answer(field, answer, language)
    return Drawn(words, Markup("<span{}>{}</span>").format(lang, words)) if lang else words


def worded(wording: Text | None, language: str) -> tuple[str, Markup]:
    """The words and their attributes; two empty strings for no wording."""
    if wording is None:
        return "", NONE
    return shown(wording, language), lang_attribute(wording, language)
