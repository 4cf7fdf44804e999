"""Who applied, as the page of a case tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.model import Text
from web.identity.configuration import IssuerSettings


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who sent the case in. `means` is by what they signed in; the last three are None where nothing was recorded."""

    name: str
    means: Text | None = None
    level: str | None = None
    at: datetime | None = None


def applicant_of(frozen: Mapping[str, Any] | None, issuers: Iterable[IssuerSettings]) -> Applicant | None:
    """From what is frozen with the submission; None where nobody had signed in."""
    if frozen is None:
        return None
    if "level" not in frozen:
        return Applicant(frozen["name"])
    titles = {issuer.id: issuer.title for issuer in issuers}
    means = titles.get(frozen["means"]) or Text(frozen["means"])
    return Applicant(frozen["name"], means, frozen["level"], datetime.fromisoformat(frozen["at"]))
