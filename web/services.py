"""What the composition root assembles and every request shares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from web.settings import Settings

if TYPE_CHECKING:
    from payments.providers import Provider
    from procedures.blobs import Blobs
    from procedures.database import Database
    from procedures.insight.counting import Counts
    from procedures.uploads.scanning import Scanner
    from web.identity.issuers import Issuers


def utc_now() -> datetime:
    """The clock of a real installation."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The adapters of one application."""

    settings: Settings
    database: "Database"
    blobs: "Blobs"
    scanner: "Scanner"
    provider: "Provider"
    issuers: "Issuers"
    counts: "Counts"
    clock: Callable[[], datetime] = utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What a test puts in place of a real adapter."""

    blobs: "Blobs | None" = None
    scanner: "Scanner | None" = None
    provider: "Provider | None" = None
    clock: Callable[[], datetime] = utc_now
