"""What the local issuer remembers: codes given out, assertions seen. In memory, for one process."""

from dataclasses import dataclass
from threading import Lock
from time import time

from authlib.oidc.core import AuthorizationCodeMixin

CODE_LIVES = 60  # seconds
ASSERTION_LIVES = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(AuthorizationCodeMixin):
    """One authorization code and what it was given for."""

    code: str
    client_id: str
    subject: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    acr: str
    given_at: float

    def get_redirect_uri(self) -> str:
        """Where the code was sent."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """What was asked for."""
        return self.scope

    def get_nonce(self) -> str | None:
        """What binds the ID token to the browser's attempt."""
        return self.nonce

    def get_auth_time(self) -> int:
        """When the person chose themselves."""
        return int(self.given_at)

    def get_acr(self) -> str:
        """How sure we pretend to be."""
        return self.acr

    def get_amr(self) -> list[str]:
        """No method: a name was clicked."""
        return []


class Store:
    """Codes can be taken once. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._codes: dict[str, Code] = {}
        self._assertions: dict[str, float] = {}

    def keep(self, code: Code) -> None:
        """Remember a code."""
        with self._lock:
            self._codes[code.code] = code

    def take(self, code: str, client_id: str) -> Code | None:
        """The code, which nobody can use again; None if unknown, used, too old, or another client's."""
        with self._lock:
            found = self._codes.pop(code, None)
        if found is None or found.client_id != client_id or time() - found.given_at > CODE_LIVES:
            return None
        return found

    def first_use(self, assertion_id: str) -> bool:
        """Whether a client assertion's `jti` is new."""
        with self._lock:
            now = time()
            self._assertions = {key: seen for key, seen in self._assertions.items() if now - seen < ASSERTION_LIVES}
            new = assertion_id not in self._assertions
            self._assertions[assertion_id] = now
            return new
