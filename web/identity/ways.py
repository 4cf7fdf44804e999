"""Which ways to sign in, beside the issuers, this browser is offered."""

from dataclasses import dataclass

from flask import request

from web.context import settings
from web.identity.configuration import LEVELS
from web.identity.passkeys.ceremony import available
from web.security.cookies import PASSKEY, cookie_name


@dataclass(frozen=True, slots=True)
class Ways:
    """`known`: a passkey was added in this browser, so the page to choose from is worth a click."""

    passkey: bool
    mail: bool
    known: bool


def ways_to(level: str, *, fresh: bool) -> Ways:
    """What may reach `level`; a passkey may, by the sign-in under which it was added."""
    chosen = settings()
    passkey = available(chosen) and LEVELS.index(chosen.passkey_level) >= LEVELS.index(level)
    known = cookie_name(PASSKEY, chosen) in request.cookies
    return Ways(passkey, chosen.mail_sign_in and level == LEVELS[0] and not fresh, passkey and known)
