"""Who applied, as the page of a case tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.model import Text
from web.identity.configuration import IssuerSettings


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who sent the case in. `means` is by what they signed in; the next three are None where nothing was recorded.

    `acting_for` is whom they act for, as `procedures.mandates.acting.require` froze it.
    """

    name: str
    means: Text | None = None
    level: str | None = None
    at: datetime | None = None
    acting_for: Mapping[str, Any] | None = None
    business: Mapping[str, str] | None = None


def applicant_of(frozen: Mapping[str, Any] | None, issuers: Iterable[IssuerSettings]) -> Applicant | None:
    """From what is frozen with the submission; None where nobody had signed in."""
    if frozen is None:
        return None
    if "level" not in frozen:
        return Applicant(frozen["name"], acting_for=frozen.get("for"), business=frozen.get("business"))
    titles = {issuer.id: issuer.title for issuer in issuers}
    means = titles.get(frozen["means"]) or Text(frozen["means"])
    at = datetime.fromisoformat(frozen["at"])
    return Applicant(frozen["name"], means, frozen["level"], at, frozen.get("for"), frozen.get("business"))


def granted_at(acting_for: Mapping[str, Any]) -> tuple[datetime, date]:
    """When the principal granted the mandate, and its last day."""
    grant = acting_for["grant"]
    return datetime.fromisoformat(grant["at"]), date.fromisoformat(grant["until"])
