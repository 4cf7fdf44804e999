"""The standing promises re-checked on live data."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from procedures.blobs import Blobs


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which check, which object, what to do, in words for the operator (catalogue keys)."""

    check: str
    object_id: str
    message: str


def run(session: Session, blobs: Blobs | None = None) -> list[Finding]:
    """Every check; empty when all is well. Files are compared with their hashes when `blobs` is given."""
    raise NotImplementedError
