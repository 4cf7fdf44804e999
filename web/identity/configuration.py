"""OpenID Connect issuers by configuration: where they are, how we prove who we are, what their claims mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.model import Text

LEVELS = ("basic", "substantial", "high")
LOCAL_ISSUER = "http://127.0.0.1:8001"
PRIVATE_KEY, SECRET_BASIC, SECRET_POST = "private_key_jwt", "client_secret_basic", "client_secret_post"
WAYS_TO_PROVE = (PRIVATE_KEY, SECRET_BASIC, SECRET_POST)

# What an issuer can vouch for, and the claim that usually holds it (OpenID Connect Core 5.1). An issuer's own `claims:`
# goes over it. A dot leads into an object: `business.number` is the number of the business.
USUAL_CLAIMS: Mapping[str, str] = MappingProxyType(
    {
        "name": "name",
        "kana": "name#ja-Kana-JP",
        "birthdate": "birthdate",
        "gender": "gender",
        "address": "address",
        "phone": "phone_number",
        "email": "email",
        "email_verified": "email_verified",
    }
)
ADDRESS_PARTS = ("formatted", "postcode", "prefecture", "city", "street", "country")
BUSINESS_PARTS = ("number", "name", "role", "level")
KNOWN_CLAIMS = frozenset(
    (*USUAL_CLAIMS, *(f"address.{part}" for part in ADDRESS_PARTS), *(f"business.{part}" for part in BUSINESS_PARTS))
)

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerSettings:
    """One issuer. `assurance` maps its `acr` values to our levels; an unknown value counts as `assurance_default`.

    `values` translates what a claim holds into our words; `acr_values` is what to ask for to reach a level, where that
    is not the values of `assurance`; `endpoints` are those of an issuer without discovery; `leeway` is in seconds.
    Whoever has one of `business_roles` may act for the business; without any, everybody whose business is told.
    """

    id: str
    title: Text
    issuer: str
    client_id: str = "tetsuzuki"
    client_secret: str = ""
    key_file: str = ""
    token_auth: str = ""
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    claims: Mapping[str, str] = field(default_factory=lambda: USUAL_CLAIMS)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    assurance: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    assurance_default: str = "basic"
    acr_values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    prompt: str = "login"
    algorithms: tuple[str, ...] = ("ES256", "RS256")
    endpoints: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    parameters: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    origins: tuple[str, ...] = ()
    business_roles: tuple[str, ...] = ()
    userinfo: bool = True
    logout: bool = True
    leeway: int = 60
    local: bool = False

    def level(self, acr: object) -> str:
        """How sure the issuer is of this person: `basic`, `substantial` or `high`."""
        return self.assurance.get(str(acr), self.assurance_default)

    @property
    def proof(self) -> str:
        """How we prove who we are at the token endpoint."""
        return self.token_auth or (SECRET_BASIC if self.client_secret else PRIVATE_KEY)

    @property
    def knows_businesses(self) -> bool:
        """Whether it tells for which business somebody acts."""
        return "business.number" in self.claims

    @property
    def reaches(self) -> str:
        """The highest level that this issuer can give."""
        return max((*self.assurance.values(), self.assurance_default), key=LEVELS.index)

    def asks_for(self, level: str) -> str:
        """The `acr_values` to send so that at least `level` is reached; empty where nothing needs to be asked."""
        if level in self.acr_values or level == LEVELS[0]:
            return self.acr_values.get(level, "")
        enough = LEVELS[LEVELS.index(level) :]
        return " ".join(acr for acr, reached in self.assurance.items() if reached in enough)


def local_issuer(address: str = "") -> IssuerSettings:
    """The issuer that the local run starts beside the web server."""
    return IssuerSettings(
        id="local",
        title=Text(
            "見本のログイン",
            {"en": "Sample sign-in", "easy": "みほんの ログイン", "zh": "样本登录", "ko": "견본 로그인"},
        ),
        issuer=(address or LOCAL_ISSUER).rstrip("/"),
        assurance=MappingProxyType({level: level for level in LEVELS}),
        local=True,
    )
