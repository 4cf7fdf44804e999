"""Who fails to sign in again and again waits: counted by network address, for all processes together."""

from datetime import timedelta

from sqlalchemy.exc import DBAPIError

from procedures.continuing import trying
from web.context import now, reading, settings, writing
from web.identity.link_secrets import derived
from web.security.pace import TooOften, caller

MOST = 100
"""Failures of one address, behind which a whole office may sit; who succeeds is never counted."""
WITHIN = timedelta(minutes=10)


def _key() -> str:
    return derived(settings(), "sign-in:source", caller()).hex()[:32]


def refuse_many_failures() -> None:
    """Raises `TooOften` for an address that failed too often; also where nobody can tell: this door is shut."""
    try:
        with reading() as session:
            many = trying.too_many(session, now(), _key(), MOST, WITHIN)
    except DBAPIError as error:
        raise TooOften(60) from error
    if many:
        raise TooOften(int(WITHIN.total_seconds()))


def note_failure() -> None:
    """Count one."""
    with writing() as session:
        trying.failed(session, now(), _key(), WITHIN)
