"""A wording in the languages its author gave."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.words.ruby import LANGUAGES as READ
from engine.words.ruby import Piece, pieces, without_readings

NONE: Mapping[str, str] = MappingProxyType({})
JAPANESE = re.compile("[\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Text:
    """Japanese always, other languages (`en`, `easy`, `zh`, `ko`) where the author wrote them.

    `ja` and `others` are the words alone. `read` holds, by language, how wordings with readings were written.
    """

    ja: str
    others: Mapping[str, str] = field(default_factory=lambda: NONE)
    read: Mapping[str, str] = field(default_factory=lambda: NONE)

    @classmethod
    def written(cls, wordings: Mapping[str, str]) -> "Text":
        """From wordings by language, `ja` among them, as authors write them."""
        plain = {language: _plain(language, words) for language, words in wordings.items()}
        read = {language: words for language, words in wordings.items() if plain[language] != words}
        ja = plain.pop("ja")
        return cls(ja, MappingProxyType(plain) if plain else NONE, MappingProxyType(read) if read else NONE)

    def say(self, language: str) -> str:
        """The wording in `language`, or in Japanese where it is missing."""
        return self.others.get(language, self.ja)

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


def _plain(language: str, words: str) -> str:
    return without_readings(words) if language in READ else words
