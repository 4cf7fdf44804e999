"""An answer that is known already, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, Literal

from procedures.models import to_json

Kind = Literal["profile", "application", "begun_from", "verified"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from, on the day `on` in Tokyo.

    `profile`: kept there, typed in the version `digest` of a procedure, or in the profile itself (None); `application`:
    typed in another application of the last days; `begun_from`: in the earlier application from which this one was
    begun; `verified`: `issuer` vouched for it at the assurance `level`.
    """

    kind: Kind
    on: date
    digest: str | None = None
    application_id: str | None = None
    issuer: str | None = None
    level: str | None = None

    def plain(self) -> dict[str, str]:
        """As it lies in the database."""
        told = {
            "kind": self.kind,
            "on": self.on.isoformat(),
            "digest": self.digest,
            "application_id": self.application_id,
            "issuer": self.issuer,
            "level": self.level,
        }
        return {key: value for key, value in told.items() if value is not None}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Source":
        """The way back."""
        return cls(**{**plain, "on": date.fromisoformat(plain["on"])})


@dataclass(frozen=True, slots=True)
class Known:
    """The answer to a concept, as its field stores it."""

    concept: str
    answer: Any
    source: Source


def fingerprint(answer: Any) -> str:
    """A short hash of an answer, by which a mark knows whether it is still the same."""
    return blake2b(to_json(answer).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
