"""A client as services see it: what it may do, and which cases are its concern."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procedures.actors import Actor
from procedures.models import ApiClient

SUBMIT, READ = "cases:submit", "cases:read"
SCOPES = (SUBMIT, READ)
"""What a client can be allowed: to submit for applicants, to read what was submitted and decided."""
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Client:
    """A system. `level` is the highest assurance it may vouch for; `revoked_at` set: it may do nothing any more."""

    id: str
    name: str
    scopes: tuple[str, ...]
    offices: tuple[str, ...]
    procedures: tuple[str, ...]
    level: str
    jwks: dict[str, Any] | None
    made_at: datetime
    revoked_at: datetime | None

    @property
    def actor(self) -> Actor:
        """How it stands in logs of what was done and looked at."""
        return Actor("client", self.id, self.name)

    def takes(self, procedure_id: str) -> bool:
        """Whether it may touch this procedure."""
        return EVERY in self.procedures or procedure_id in self.procedures

    def reaches(self, procedure_id: str, office: str | None) -> bool:
        """Whether a case of this procedure at this office is its concern."""
        return self.takes(procedure_id) and (EVERY in self.offices or office in self.offices)


def client_of(row: ApiClient) -> Client:
    """From its row."""
    return Client(
        row.id,
        row.name,
        tuple(row.scopes),
        tuple(row.offices),
        tuple(row.procedures),
        row.level,
        row.jwks,
        row.made_at,
        row.revoked_at,
    )
