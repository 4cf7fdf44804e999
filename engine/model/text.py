"""A wording in the languages its author gave."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.words.repeating import Repeated, repeating, without_answers
from engine.words.ruby import LANGUAGES as READ
from engine.words.ruby import MARKS, Piece, pieces, without_readings

NONE: Mapping[str, str] = MappingProxyType({})
JAPANESE = re.compile("[\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

Tell = Callable[[str, str], str | None]
"""The words of an answer in a language, by its name (`call_name`, `owner.family`); None while it is unknown."""


@dataclass(frozen=True, slots=True)
class Text:
    """Japanese always, other languages (`en`, `easy`, `zh`, `ko`) where the author wrote them.

    `ja` and `others` are the words alone, without answers and readings. `read` holds, by language, how wordings with
    readings were written; `repeats` the pieces of those that repeat answers.
    """

    ja: str
    others: Mapping[str, str] = field(default_factory=lambda: NONE)
    read: Mapping[str, str] = field(default_factory=lambda: NONE)
    repeats: Mapping[str, tuple[str | Repeated, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def written(cls, wordings: Mapping[str, str]) -> "Text":
        """From wordings by language, `ja` among them, as authors write them."""
        whole = {language: without_answers(words) for language, words in wordings.items()}
        repeats = {
            language: tuple(repeating(words)) for language, words in wordings.items() if whole[language] != words
        }
        return _text({language: _plain(language, words) for language, words in whole.items()}, whole, repeats)

    def say(self, language: str) -> str:
        """The wording in `language`, or in Japanese where it is missing."""
        return self.others.get(language, self.ja)

    def as_written(self, language: str) -> str | None:
        """As its author wrote it in this very language, with readings and the names of the answers that it repeats."""
        if language in self.repeats:
            return "".join(
                piece if isinstance(piece, str) else f"{{{piece.name}|{piece.otherwise}}}"
                for piece in self.repeats[language]
            )
        return self.read.get(language) or (self.ja if language == "ja" else self.others.get(language))

    def told(self, tell: Tell) -> "Text":
        """The same with the answers in their places, as far as they are known.

        Where a mark of readings stands in an answer, no readings are drawn: an answer is never taken for one.
        """
        if not self.repeats:
            return self
        plain, read = {"ja": self.ja, **self.others}, dict(self.read)
        for language, written in self.repeats.items():
            said = [
                (one, None) if isinstance(one, str) else (one.otherwise, tell(one.name, language)) for one in written
            ]
            plain[language] = "".join(_plain(language, words) if answer is None else answer for words, answer in said)
            if language in read:
                marked = any(set(MARKS) & set(answer or "") for _, answer in said)
                read[language] = plain[language] if marked else "".join(answer or words for words, answer in said)
        return _text(plain, {**plain, **read}, {})

    def language_of(self, language: str) -> str:
        """The language that `say(language)` really answers in, for the `lang` attribute of a page.

        Words without a Japanese letter, such as A4 or 2,000, are the same in every language.
        """
        return language if language in self.others or not JAPANESE.search(self.ja) else "ja"

    def pieces(self, language: str) -> Iterator[Piece]:
        """What `say(language)` says, with its readings. They are for readers of easy Japanese alone."""
        spoken = language if language in self.others else "ja"
        read = language == "easy" and spoken in self.read
        return pieces(self.read[spoken]) if read else iter([Piece(self.say(language))])


def _text(
    plain: Mapping[str, str], whole: Mapping[str, str], repeats: Mapping[str, tuple[str | Repeated, ...]]
) -> Text:
    read = {language: words for language, words in whole.items() if plain[language] != words}
    others = {language: words for language, words in plain.items() if language != "ja"}
    return Text(
        plain["ja"],
        MappingProxyType(others) if others else NONE,
        MappingProxyType(read) if read else NONE,
        MappingProxyType(dict(repeats)),
    )


def _plain(language: str, words: str) -> str:
    return without_readings(words) if language in READ else words
