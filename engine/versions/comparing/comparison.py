"""Two versions compared: every change in the order of the spec, and whether the new one can be published."""

from dataclasses import dataclass
from typing import Literal

from engine.model import Procedure
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.rules import all_rules
from engine.versions.comparing.walking import Walk

Verdict = Literal["same", "newer", "same_version", "earlier", "another"]
"""The same content; a version of a later day; other content under the same day, which publishing refuses; of an earlier
day, which would never be in force after the old one; another procedure."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `new` changes about `old`."""

    old: Procedure
    new: Procedure
    changes: tuple[Change, ...]
    verdict: Verdict

    @property
    def publishable(self) -> bool:
        """Whether `new` can follow `old` as it is."""
        return self.verdict in {"same", "newer"}


def compare(old: Procedure, new: Procedure) -> Comparison:
    """Compare two compiled versions. Versions of the same content have no changes."""
    changes = tuple(Walk(old, new, all_rules()).record(Spot(), old, new)) if old.digest != new.digest else ()
    if not changes and old.digest != new.digest and old.version == new.version:
        changes = (Change("unsaid", Spot(), "none"),)
    return Comparison(old, new, changes, _verdict(old, new))


def _verdict(old: Procedure, new: Procedure) -> Verdict:
    if old.id != new.id:
        return "another"
    if old.digest == new.digest:
        return "same"
    if old.version == new.version:
        return "same_version"
    return "newer" if new.version > old.version else "earlier"
