"""OpenID Connect issuers by configuration: where they are, how we prove who we are, what their claims mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import yaml

from engine.model import Text

LEVELS = ("basic", "substantial", "high")
LOCAL_ISSUER = "http://127.0.0.1:8001"

# Which claim gives which part of a person; an issuer's own `claims:` goes over it.
USUAL_CLAIMS: Mapping[str, str] = MappingProxyType({"name": "name", "email": "email"})


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerSettings:
    """One issuer. `assurance` maps its `acr` values to our levels; an unknown value counts as `assurance_default`."""

    id: str
    title: Text
    issuer: str
    client_id: str = "tetsuzuki"
    client_secret: str = ""
    key_file: str = ""
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    claims: Mapping[str, str] = field(default_factory=lambda: USUAL_CLAIMS)
    assurance: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    assurance_default: str = "basic"
    algorithms: tuple[str, ...] = ("ES256", "RS256")
    local: bool = False

    def level(self, acr: object) -> str:
        """How sure the issuer is of this person: `basic`, `substantial` or `high`."""
        return self.assurance.get(str(acr), self.assurance_default)


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


def read_issuers(source: str) -> tuple[IssuerSettings, ...]:
    """Issuers from a YAML list. Raises ValueError (with what is wrong) for anything that cannot be used."""
    rows = yaml.safe_load(source)
    if not isinstance(rows, list) or not rows:
        raise ValueError("it must be a list of issuers, each with id, title, issuer and client_id")
    issuers = tuple(_issuer(row) for row in rows)
    if len({issuer.id for issuer in issuers}) != len(issuers):
        raise ValueError("two issuers have the same id")
    return issuers


_KEYS = {
    "id",
    "title",
    "issuer",
    "client_id",
    "client_secret",
    "key_file",
    "scopes",
    "claims",
    "assurance",
    "assurance_default",
    "algorithms",
}


def _issuer(row: object) -> IssuerSettings:
    if not isinstance(row, dict) or not {"id", "title", "issuer", "client_id"} <= row.keys():
        raise ValueError("an issuer needs id, title, issuer and client_id")
    if unknown := sorted(row.keys() - _KEYS):
        raise ValueError(f"issuer {row['id']}: unknown key {unknown[0]}")
    levels = {*row.get("assurance", {}).values(), row.get("assurance_default", "basic")}
    if wrong := sorted(levels - set(LEVELS)):
        raise ValueError(f"issuer {row['id']}: {wrong[0]} is no assurance level; use one of {', '.join(LEVELS)}")
    values = dict(row)
    values["title"] = _title(row["title"])
    values["issuer"] = str(row["issuer"]).rstrip("/")
    values["claims"] = MappingProxyType({**USUAL_CLAIMS, **row.get("claims", {})})
    values["assurance"] = MappingProxyType({str(key): level for key, level in row.get("assurance", {}).items()})
    for key in ("scopes", "algorithms"):
        if key in values:
            values[key] = _names(values[key], f"issuer {row['id']}: {key}")
    return IssuerSettings(**values)


def _title(title: object) -> Text:
    if isinstance(title, str):
        return Text(title)
    if isinstance(title, dict) and "ja" in title:
        return Text(title["ja"], {language: text for language, text in title.items() if language != "ja"})
    raise ValueError("a title is a text, or texts by language with ja among them")


def _names(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError(f"{where} must be a list")  # noqa: TRY004 - a mistake in a file, like the others here
    return tuple(str(name) for name in value)
