"""The file of issuers: read strictly, every mistake told with the issuer and the key."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from engine.model import Text
from web.identity.configuration import (
    KNOWN_CLAIMS,
    LEVELS,
    PRIVATE_KEY,
    USUAL_CLAIMS,
    WAYS_TO_PROVE,
    IssuerSettings,
)

NEEDED = ("id", "title", "issuer", "client_id")
SYMMETRIC = frozenset({"HS256", "HS384", "HS512"})
ASYMMETRIC = frozenset({"ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "Ed25519"})
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint")
LONGEST_LEEWAY = 300  # seconds: what clocks may differ, not a second life for an old token
# What protects a sign-in is never the configuration's to choose.
OURS = frozenset(
    (
        *("response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge"),
        *("code_challenge_method", "acr_values", "max_age", "response_mode", "request", "request_uri"),
    )
)


def read_issuers(source: str, folder: Path = Path()) -> tuple[IssuerSettings, ...]:
    """Issuers from a YAML list; files that it names are looked for from `folder`.

    Raises ValueError (with what is wrong) for anything that cannot be used, OSError for a file that cannot be read.
    """
    rows = yaml.safe_load(source)
    if not isinstance(rows, list) or not rows:
        raise ValueError("it must be a list of issuers, each with id, title, issuer and client_id")
    issuers = tuple(_issuer(row, folder) for row in rows)
    if len({issuer.id for issuer in issuers}) != len(issuers):
        raise ValueError("two issuers have the same id")
    return issuers


def _issuer(row: object, folder: Path) -> IssuerSettings:
    if not isinstance(row, dict) or not row.keys() >= {*NEEDED}:
        raise ValueError("an issuer needs id, title, issuer and client_id")
    where = f"issuer {row['id']}"
    if unknown := sorted(row.keys() - _READERS.keys() - {*NEEDED}):
        raise ValueError(f"{where}: unknown key {unknown[0]}")
    values = {key: _READERS[key](value, f"{where}: {key}") for key, value in row.items() if key in _READERS}
    if "client_secret_file" in values:
        values["client_secret"] = (folder / values.pop("client_secret_file")).read_text(encoding="utf-8").strip()
    if "key_file" in values:
        values["key_file"] = str(folder / values["key_file"])
    issuer = IssuerSettings(
        **values,
        id=str(row["id"]),
        title=_title(row["title"]),
        issuer=str(row["issuer"]).rstrip("/"),
        client_id=str(row["client_id"]),
    )
    _check(issuer, where)
    return issuer


def _check(issuer: IssuerSettings, where: str) -> None:
    """What several keys say together."""
    kinds = {algorithm in SYMMETRIC for algorithm in issuer.algorithms}
    if len(kinds) > 1:
        raise ValueError(f"{where}: algorithms must not mix HS256 with others, or a public key could pass as a secret")
    if True in kinds and not issuer.client_secret:
        raise ValueError(f"{where}: {issuer.algorithms[0]} needs client_secret")
    if issuer.proof != PRIVATE_KEY and not issuer.client_secret:
        raise ValueError(f"{where}: {issuer.proof} needs client_secret or client_secret_file")
    if "openid" not in issuer.scopes:
        raise ValueError(f"{where}: scopes must have openid")
    if issuer.endpoints and not {*ENDPOINTS[:2]} <= issuer.endpoints.keys():
        raise ValueError(f"{where}: endpoints needs authorization_endpoint and token_endpoint")


def _title(title: object) -> Text:
    if isinstance(title, str):
        return Text(title)
    if isinstance(title, dict) and "ja" in title:
        return Text(title["ja"], {language: text for language, text in title.items() if language != "ja"})
    raise ValueError("a title is a text, or texts by language with ja among them")


def _text(value: object, where: str) -> str:
    if not isinstance(value, str | int):
        raise ValueError(f"{where} must be a text")  # noqa: TRY004 - a mistake in a file, like the others here
    return str(value)


def _yes_no(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{where} must be true or false")  # noqa: TRY004
    return value


def _seconds(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LONGEST_LEEWAY:
        raise ValueError(f"{where} must be seconds, at most {LONGEST_LEEWAY}")
    return value


def _names(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError(f"{where} must be a list")  # noqa: TRY004
    return tuple(str(name) for name in value)


def _map(value: object, where: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str | int) for text in value.values()):
        raise ValueError(f"{where} must be keys with texts")
    return MappingProxyType({str(key): str(text) for key, text in value.items()})


def _among(allowed: Sequence[str] | frozenset[str], what: str) -> Callable[[object, str], str]:
    def read(value: object, where: str) -> str:
        if value not in allowed:
            raise ValueError(f"{where}: {value} is no {what}; use one of {', '.join(sorted(allowed))}")
        return str(value)

    return read


_level = _among(LEVELS, "assurance level")
_algorithm = _among(SYMMETRIC | ASYMMETRIC, "algorithm that can be believed")


def _levels(value: object, where: str) -> Mapping[str, str]:
    found = _map(value, where)
    for level in found.values():
        _level(level, where)
    return found


def _by_level(value: object, where: str) -> Mapping[str, str]:
    found = _map(value, where)
    for level in found:
        _level(level, where)
    return found


def _algorithms(value: object, where: str) -> tuple[str, ...]:
    return tuple(_algorithm(name, where) for name in _names(value, where))


def _keyed(allowed: Sequence[str] | frozenset[str], what: str) -> Callable[[object, str], Mapping[str, str]]:
    def read(value: object, where: str) -> Mapping[str, str]:
        found = _map(value, where)
        for key in found:
            _among(allowed, what)(key, where)
        return found

    return read


def _claims(value: object, where: str) -> Mapping[str, str]:
    return MappingProxyType({**USUAL_CLAIMS, **_keyed(KNOWN_CLAIMS, "claim of ours")(value, where)})


def _values(value: object, where: str) -> Mapping[str, Mapping[str, str]]:
    if not isinstance(value, dict):
        raise ValueError(f"{where} must be claims with what their values mean")  # noqa: TRY004
    claim = _among(KNOWN_CLAIMS, "claim of ours")
    return MappingProxyType({claim(key, where): _map(meanings, f"{where}.{key}") for key, meanings in value.items()})


def _parameters(value: object, where: str) -> Mapping[str, str]:
    found = _map(value, where)
    if taken := sorted(OURS & found.keys()):
        raise ValueError(f"{where}: {taken[0]} cannot be set here")
    return found


_READERS: Mapping[str, Callable[[object, str], Any]] = MappingProxyType(
    {
        "client_secret": _text,
        "client_secret_file": _text,
        "key_file": _text,
        "token_auth": _among(WAYS_TO_PROVE, "way to prove who we are"),
        "scopes": _names,
        "claims": _claims,
        "values": _values,
        "assurance": _levels,
        "assurance_default": _level,
        "acr_values": _by_level,
        "prompt": _text,
        "algorithms": _algorithms,
        "endpoints": _keyed(ENDPOINTS, "endpoint"),
        "parameters": _parameters,
        "origins": _names,
        "business_roles": _names,
        "userinfo": _yes_no,
        "logout": _yes_no,
        "leeway": _seconds,
    }
)
