"""Who acts: a resident, a visitor who has not signed in, a member of staff, another system, or the system itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Literal

Kind = Literal["resident", "visitor", "staff", "client", "system"]
EVERYWHERE = "*"
Post = tuple[str, str]
"""A role in one office; `EVERYWHERE` is every office."""


def posts(roles: Iterable[str], offices: Iterable[str]) -> frozenset[Post]:
    """Each of the roles in each of the offices."""
    return frozenset(product(roles, offices))


@dataclass(frozen=True, slots=True)
class Proof:
    """How somebody proved who they are: `means` (an issuer's id, a passkey, …), whose word it is, how sure, when."""

    means: str
    issuer: str
    level: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Business:
    """The business for which somebody acts: its 法人番号 (13 digits), its name, and their role and level there."""

    number: str
    name: str = ""
    role: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting person. `id` is `person.id`, a visitor's random key, or "system"; `posts` is what staff may be where.

    With a `business` they act for it: what they begin belongs to the business, what they did is still theirs. A deputy
    acts `in_place_of` the one whose posts count then (代決); what they did is theirs, too.
    """

    kind: Kind
    id: str
    name: str = ""
    posts: frozenset[Post] = frozenset()
    language: str = "ja"
    proof: Proof | None = None
    business: Business | None = None
    in_place_of: "Actor | None" = None

    @property
    def owner_key(self) -> str:
        """What `application.owner` holds for cases of this actor: colleagues acting for one business share them."""
        return f"business:{self.business.number}" if self.business else self.key

    @property
    def key(self) -> str:
        """How the audit log and histories name who did something: always the person."""
        if self.kind in {"visitor", "client"}:
            return f"{self.kind}:{self.id}"
        return "system" if self.kind == "system" else f"person:{self.id}"

    @property
    def roles(self) -> frozenset[str]:
        """The roles that they hold in at least one office."""
        return frozenset(role for role, _ in self.posts)

    def offices_as(self, *roles: str) -> frozenset[str]:
        """The offices in which they hold one of `roles`; `EVERYWHERE` among them is every office."""
        return frozenset(office for role, office in self.posts if role in roles)

    def serves(self, role: str, office: str | None) -> bool:
        """Whether this is staff with `role` who works for `office`; a draft has no office and concerns no staff."""
        if self.kind != "staff" or office is None:
            return False
        return (role, office) in self.posts or (role, EVERYWHERE) in self.posts


SYSTEM = Actor("system", "system", "system")
