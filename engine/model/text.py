"""A wording in the languages its author gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Text:
    """Japanese always, other languages (`en`, `easy`, `zh`, `ko`) where the author wrote them."""

    ja: str
    others: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def say(self, language: str) -> str:
        """The wording in `language`, or in Japanese where it is missing."""
        return self.others.get(language, self.ja)

    def language_of(self, language: str) -> str:
        """The language that `say(language)` really answers in, for the `lang` attribute of a page."""
        return language if language in self.others else "ja"
