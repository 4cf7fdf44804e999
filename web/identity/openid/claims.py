"""What an issuer's claims say in our words, by the issuer's map; what does not fit is left out, never guessed.

| ours | shape |
|---|---|
| name, kana, phone, email | text, as the issuer wrote it |
| birthdate | a day as YYYY-MM-DD |
| gender | male, female or other |
| address | {formatted, postcode, prefecture, city, street, country}, those that are known |
| email_verified | true or false |
| business | {number, name, role, level}: for whom the person acts |
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from web.identity.configuration import ADDRESS_PARTS, BUSINESS_PARTS, IssuerSettings

LONGEST = 500
GENDERS = frozenset({"male", "female", "other"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_EIGHT_DIGITS = re.compile(r"[0-9]{8}")
_CORPORATE_NUMBER = re.compile(r"[0-9]{13}")

# The parts of the `address` claim (OpenID Connect Core 5.1.1) in our words.
_STANDARD_ADDRESS = {
    "formatted": "formatted",
    "postcode": "postal_code",
    "prefecture": "region",
    "city": "locality",
    "street": "street_address",
    "country": "country",
}


def read_claims(settings: IssuerSettings, claims: Mapping[str, Any]) -> dict[str, Any]:
    """What the issuer vouches for, by our names."""
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        if name in settings.claims:
            value = read(_meaning(settings, name, _look(claims, settings.claims[name])))
            if value is not None:
                found[name] = value
    if parts := _parts(settings, claims, "address", ADDRESS_PARTS):
        found["address"] = {**found.get("address", {}), **parts}
    business = _parts(settings, claims, "business", BUSINESS_PARTS)
    allowed = not settings.business_roles or business.get("role") in settings.business_roles
    if allowed and _CORPORATE_NUMBER.fullmatch(business.get("number", "")):  # 法人番号; without it there is no business
        found["business"] = business
    return found


def _look(claims: Mapping[str, Any], path: str) -> Any:
    """The claim of this name; else what lies in objects along the dots of the name. None where there is nothing."""
    if path in claims:
        return claims[path]
    inner: Any = claims
    for part in path.split("."):
        inner = inner.get(part) if isinstance(inner, Mapping) else None
    return inner


def _meaning(settings: IssuerSettings, name: str, value: Any) -> Any:
    if isinstance(value, str | int) and name in settings.values:
        return settings.values[name].get(str(value), value)
    return value


def _parts(settings: IssuerSettings, claims: Mapping[str, Any], whole: str, parts: tuple[str, ...]) -> dict[str, str]:
    """The parts of an address or a business that stand in claims of their own."""
    names = {part: f"{whole}.{part}" for part in parts if f"{whole}.{part}" in settings.claims}
    read = {part: _text(_meaning(settings, name, _look(claims, settings.claims[name]))) for part, name in names.items()}
    return {part: text for part, text in read.items() if text is not None}


def _text(value: Any) -> str | None:
    """A text of one line; names keep every character as the issuer wrote it."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST or _CONTROL.search(value):
        return None
    return value.strip()


def _day(value: Any) -> str | None:
    """OpenID Connect allows a year alone, or 0000 for one that is not told: neither is a day of birth."""
    text = _text(value) or ""
    if _EIGHT_DIGITS.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _gender(value: Any) -> str | None:
    return value if isinstance(value, str) and value in GENDERS else None


def _address(value: Any) -> dict[str, str] | None:
    """The standard's object, or the address as one text."""
    if not isinstance(value, Mapping):
        formatted = _text(value)
        return {"formatted": formatted} if formatted else None
    read = {part: _lines(value.get(theirs)) for part, theirs in _STANDARD_ADDRESS.items()}
    return {part: text for part, text in read.items() if text is not None} or None


def _lines(value: Any) -> str | None:
    """The standard lets `formatted` and `street_address` have several lines."""
    return _text(" ".join(value.split("\n"))) if isinstance(value, str) else None


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "name": _text,
    "kana": _text,
    "birthdate": _day,
    "gender": _gender,
    "address": _address,
    "phone": _text,
    "email": _text,
    "email_verified": _truth,
}
