"""Bearer tokens at the door (RFC 6750), by Authlib's resource protector."""

from dataclasses import dataclass

from authlib.integrations.flask_oauth2 import ResourceProtector
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749.errors import MissingAuthorizationError, UnsupportedTokenTypeError
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc6750.errors import InsufficientScopeError

from procedures.clients import proving
from procedures.clients.client import Client
from procedures.clients.proving import Shown
from web.api.problems import Problem
from web.context import now, reading

LONGEST = 200
REALM = "tetsuzuki"


@dataclass(frozen=True, slots=True)
class _Token:
    """What Authlib wants to know of a token; one that is over or revoked is not found in the first place."""

    shown: Shown

    def is_expired(self) -> bool:
        return False

    def is_revoked(self) -> bool:
        return False

    def get_scope(self) -> str:
        return " ".join(self.shown.scopes)


class _Tokens(BearerTokenValidator):
    def authenticate_token(self, token_string: str) -> _Token | None:
        if len(token_string) > LONGEST:
            return None
        with reading() as session:
            shown = proving.shown(session, now(), token_string)
        return _Token(shown) if shown else None


_PROTECTOR = ResourceProtector()
_PROTECTOR.register_token_validator(_Tokens(realm=REALM))


def client_with(scope: str) -> Client:
    """Whose token this request carries. Raises `Problem`: 401 without one that is good, 403 for another scope."""
    try:
        token: _Token = _PROTECTOR.acquire_token([scope])
    except InsufficientScopeError:
        told = f'Bearer realm="{REALM}", error="insufficient_scope", scope="{scope}"'
        raise Problem("scope", headers={"WWW-Authenticate": told}, scope=scope) from None
    except (MissingAuthorizationError, UnsupportedTokenTypeError):
        raise Problem("token", headers={"WWW-Authenticate": f'Bearer realm="{REALM}"'}) from None
    except OAuth2Error:
        told = f'Bearer realm="{REALM}", error="invalid_token"'
        raise Problem("token", headers={"WWW-Authenticate": told}) from None
    return token.shown.client
