"""May somebody do this? Every check of staff's authority is one of these questions."""

from typing import Protocol

from procedures.actors import Actor
from procedures.authority.table import row_of
from procedures.errors import NotFound


class Placed(Protocol):
    """Something that an office works on: a case, an entry of its counter. None for a draft, which concerns no staff."""

    @property
    def office(self) -> str | None:
        """Its id."""


def may(actor: Actor, action: str, about: Placed | str | None = None, *, as_role: str | None = None) -> bool:
    """Whether `actor` may do `action` to `about`: what is acted on, or the id of its office.

    An action of the whole house is about nothing in particular. With `as_role` only that one of the row's roles counts:
    a stage of an examination is one role's, while the row names those of all stages. This is about roles alone: that a
    case is claimed by somebody else, or that one may not decide on one's own proposal, the services say, with who and
    when.
    """
    row = row_of(action)
    if actor.kind != "staff":
        return False
    roles = row.roles if as_role is None else row.roles & {as_role}
    if row.where == "house":
        return bool(roles & actor.roles)
    office = about if about is None or isinstance(about, str) else about.office
    return any(actor.serves(role, office) for role in roles)


def may_somewhere(actor: Actor, action: str) -> bool:
    """Whether there is any office in which `actor` may do `action`: for menus and the doors of whole areas."""
    return actor.kind == "staff" and bool(row_of(action).roles & actor.roles)


def offices_where(actor: Actor, action: str) -> frozenset[str]:
    """The offices in which `actor` may do `action`; `EVERYWHERE` among them is every office."""
    return actor.offices_as(*row_of(action).roles) if actor.kind == "staff" else frozenset()


def require(actor: Actor, action: str, about: Placed | str | None, object_id: str) -> None:
    """Raises `NotFound(object_id)` unless `may`: what is not theirs and what is not there look the same."""
    if not may(actor, action, about):
        raise NotFound(object_id)
