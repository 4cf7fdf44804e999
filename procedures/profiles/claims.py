"""What the sign-in vouches for, by concept; what would have to be guessed is left out."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.fields.keyboards import katakana
from procedures.days import tokyo_day
from procedures.people import claims
from procedures.profiles.known import Known, Source

Read = Callable[[Mapping[str, Any]], Any]


def verified(session: Session, person_id: str) -> Mapping[str, Known]:
    """What issuers confirmed about this person: the surest, then the newest."""
    found = claims.verified(session, person_id)
    values = {name: claim.value for name, claim in found.items()}
    return {concept: _known(concept, answer, found[name]) for concept, name, answer in _answers(values)}


def _known(concept: str, answer: Any, claim: claims.VerifiedClaim) -> Known:
    source = Source("verified", tokyo_day(claim.at), issuer=claim.issuer, level=claim.assurance)
    return Known(concept, answer, source)


def _answers(values: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for concept, (name, read) in _READERS.items():
        answer = read(values) if name in values else None
        if answer:
            yield concept, name, answer


def _name(values: Mapping[str, Any]) -> dict[str, str] | None:
    """Two parts with a space between them are family name and given name; nothing else says which is which."""
    parts = values["name"].split()
    if len(parts) != 2:  # noqa: PLR2004
        return None
    reading = katakana(values.get("kana", "")).split()
    kana = dict(zip(("family_kana", "given_kana"), reading, strict=True)) if len(reading) == len(parts) else {}
    return {"family": parts[0], "given": parts[1], **kana}


def _address(values: Mapping[str, Any]) -> dict[str, str] | None:
    """An address in parts; one that is a single text is not taken apart."""
    told: Mapping[str, str] = values["address"]
    postcode = "".join(c for c in unicodedata.normalize("NFKC", told.get("postcode", "")) if c.isdigit())
    if not postcode or not all(told.get(part) for part in ("prefecture", "city", "street")):
        return None
    return {"postcode": postcode, **{part: told[part] for part in ("prefecture", "city", "street")}, "building": ""}


def _email(values: Mapping[str, Any]) -> str | None:
    """An address that the issuer does not say is unconfirmed."""
    return None if values.get("email_verified") is False else values["email"]


_READERS: Mapping[str, tuple[str, Read]] = {
    "applicant.name": ("name", _name),
    "applicant.kana": ("kana", lambda values: katakana(values["kana"])),
    "applicant.birth": ("birthdate", lambda values: values["birthdate"]),
    "applicant.address": ("address", _address),
    "applicant.phone": ("phone", lambda values: values["phone"]),
    "applicant.email": ("email", _email),
    "business.name": ("business", lambda values: values["business"].get("name")),
    "business.corporate_number": ("business", lambda values: values["business"].get("number")),
}
"""The claim on which each concept rests, and how it is read. Sex is sensitive, and asked where it is needed."""
