"""What goes wrong with webhooks from now on."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from payments.sandbox.store import Store

PAYLOADS = ("snapshot", "thin")
"""What an endpoint gets: the whole resource (v1 events), or only its address (v2 event notifications)."""
_SETTING = "webhook.faults"


@dataclass(frozen=True, slots=True)
class Faults:
    """Lost, sent twice, late by so many seconds of the sandbox's clock, what is due together in reverse order.

    `only` these types of events, if any are named; only the next `count` of them, if it is set.
    """

    lose: bool = False
    double: bool = False
    late_by: int = 0
    reorder: bool = False
    only: tuple[str, ...] = ()
    count: int | None = None

    @classmethod
    def load(cls, store: Store) -> "Faults":
        """The present setting."""
        saved = store.setting(_SETTING, {})
        return cls(**saved | {"only": tuple(saved.get("only", ()))})

    def save(self, store: Store) -> None:
        """Make this the setting."""
        store.set_setting(_SETTING, asdict(self))

    def as_settings(self) -> dict[str, Any]:
        """For answers as JSON."""
        return asdict(self)

    def spoil(self, store: Store, kind: str) -> "Faults":
        """The faults for an event of this kind; when they are counted, one of them is used up."""
        if self.only and kind not in self.only:
            return Faults()
        if self.count == 0:
            return Faults()
        if self.count is not None:
            replace(self, count=self.count - 1).save(store)
        return self
