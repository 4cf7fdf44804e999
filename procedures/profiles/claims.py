"""What the sign-in vouches for, by concept."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from procedures.profiles.known import Known

NOTHING: Mapping[str, Known] = {}


def verified(_session: Session, _person_id: str) -> Mapping[str, Known]:
    """What issuers confirmed about this person: nothing, as long as sign-ins bring only a name and an address."""
    return NOTHING
