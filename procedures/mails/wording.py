"""What a notice says, in the applicant's language: as text, and in pieces that other forms are made of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.fields.days import show_day
from engine.words import say
from procedures.channels.notice import Part

LINK = "{link}"
AMOUNTS = frozenset({"yen", "before", "after"})
"""Facts that are yen."""
_FACT = re.compile(r"(?P<label>\S.*?)(?:\u3000+| {2,})(?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class Worded:
    """The same words as a whole and in pieces."""

    subject: str
    body: str
    parts: tuple[Part, ...]


def worded(kind: str, language: str, parameters: Mapping[str, object]) -> Worded:
    """The words. A wording that needs a parameter which is not given is a programming error: KeyError."""
    shown = {name: _shown(language, value) for name, value in parameters.items()}
    for name in AMOUNTS & parameters.keys():
        shown[name] = say("notices.yen", language, amount=parameters[name])
    subject = say(f"notices.{kind}_subject", language, **shown)
    wording = say(f"notices.{kind}_body", language)
    return Worded(subject, wording.format(**shown), tuple(_parts(wording, shown)))


def _parts(wording: str, shown: Mapping[str, object]) -> Iterator[Part]:
    """The pieces, told apart before anything is filled in: no title can look like one."""
    for stanza in wording.strip().split("\n\n"):
        lines = stanza.split("\n")
        text = [line for line in lines if line != LINK]
        facts = [_FACT.fullmatch(line) for line in text]
        if text and all(facts):
            rows = [(fact["label"].format(**shown), fact["value"].format(**shown)) for fact in facts if fact]
            yield Part(rows=tuple(rows))
        elif text:
            yield Part("\n".join(text).format(**shown))
        if LINK in lines:
            yield Part(url=str(shown["link"]))


def _shown(language: str, value: object) -> object:
    return show_day(value, language) if isinstance(value, date) else value
