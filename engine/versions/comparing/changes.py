"""One thing that changed: where, what, and with what consequence for drafts that are not sent yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from engine.versions.comparing.sayings import Said, Sayable

Effect = Literal[
    "none", "kept", "path", "applies", "fee", "sign_in", "time", "unanswered", "fits", "asked", "unused"
]  # fmt: skip
"""For drafts, from nothing to most: `kept` – the answer stays; `path` – the way may lead elsewhere; `applies`, `fee`,
`sign_in`, `time` – holds for what is sent from now on; `unanswered` – asked where it was left open; `fits` – kept where
it fits, else asked again; `asked` – asked, again or for the first time; `unused` – not asked any more, set aside."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of the procedure: its dotted path in the spec, and what people call each part on the way to it."""

    path: tuple[str, ...] = ()
    names: tuple[Sayable, ...] = ()
    effect: Effect = "applies"  # of what changes here, where no rule says better

    def below(self, key: str, name: Sayable | None = None, effect: Effect | None = None) -> "Spot":
        """A part of this part; without a name of its own it is spoken of as this one."""
        names = self.names if name is None else (*self.names, name)
        return replace(self, path=(*self.path, key), names=names, effect=effect or self.effect)

    def called(self, name: Sayable) -> "Spot":
        """The same part with its name, where what changed inside of it is told."""
        return replace(self, names=(*self.names, name))


@dataclass(frozen=True, slots=True)
class Change:
    """`kind` is the key of its wording (`versions.<kind>`), `params` fill it in. Open cases stay on their version."""

    kind: str
    spot: Spot
    drafts: Effect
    params: Mapping[str, Sayable] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def path(self) -> str:
        """Where it stands in the spec: of the new version, or of the old one for what is gone."""
        return ".".join(self.spot.path)

    def say(self, language: str) -> str:
        """What changed, in words."""
        return Said(f"versions.{self.kind}", self.params).say(language)

    def say_drafts(self, language: str) -> str:
        """What that means for drafts, in words."""
        return Said(f"versions.drafts_{self.drafts}").say(language)
