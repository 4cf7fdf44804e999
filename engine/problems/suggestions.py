"""Did you mean …? The known name nearest to what somebody typed, looked for only when it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

LONGEST_TYPO = 60
LONGEST_LIST = 12


CLOSE = 0.6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was written and what would have been right. Lazy: hostile input holds thousands of wrong names."""

    written: str
    known: tuple[str, ...]

    @classmethod
    def among(cls, written: str, known: Iterable[str]) -> "Suggestion":
        """A suggestion out of `known`, in their order."""
        return cls(written, tuple(known))

    def nearest(self) -> str | None:
        """The known name that was probably meant."""
        return None if len(self.written) > LONGEST_TYPO else _nearest(self.written, self.known)

    def by_language(self) -> dict[str, str]:
        """The advice as text, by language: the nearest name, or the list of what is known."""
        nearest = self.nearest()
        if nearest is not None:
            return {"ja": f"「{nearest}」ではありませんか。", "en": f"Did you mean “{nearest}”?"}
        if not self.known:
            return {"ja": "使える名前はここにはありません。", "en": "There is no name that can be used here."}
        names = ", ".join(self.known[:LONGEST_LIST]) + (" …" if len(self.known) > LONGEST_LIST else "")
        return {"ja": f"使えるのは次のとおりです: {names}。", "en": f"These can be used: {names}."}


@lru_cache(maxsize=256)
def _nearest(written: str, known: tuple[str, ...]) -> str | None:
    """The closest name; only those of about the same length are compared, which is slow."""
    folded = {_fold(name): name for name in known if abs(len(name) - len(written)) <= 1 + len(written) // 3}
    found = get_close_matches(_fold(written), folded, n=1, cutoff=CLOSE)
    return folded[found[0]] if found else None


def _fold(name: str) -> str:
    return name.lower().replace("-", "_")
