"""What is told and by whom, before a channel gives it its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of what is told: facts as rows of label and value, the address to go to, or a paragraph of `text`."""

    text: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice in the reader's language. `key` is the same however often it is tried.

    `body` is all of it as plain text, `parts` the same in pieces; `short_link` leads where `link` leads.
    """

    key: str
    language: str
    subject: str
    body: str
    parts: tuple[Part, ...]
    link: str
    short_link: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose notices these are: name and contact by language, mail address, the site's public address, its colour."""

    names: Mapping[str, str]
    address: str
    public_url: str
    contacts: Mapping[str, str] = field(default_factory=dict)
    colour: str = "#0017c1"

    def name(self, language: str) -> str:
        """The authority's name, in Japanese where it has no other."""
        return self.names.get(language) or self.names["ja"]

    def contact(self, language: str) -> str:
        """Whom to ask; empty where nobody said."""
        return self.contacts.get(language) or self.contacts.get("ja", "")

    def url(self, path: str) -> str:
        """An address of ours as others reach it."""
        return f"{self.public_url.rstrip('/')}/{path.lstrip('/')}"
