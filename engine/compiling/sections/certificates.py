"""What is issued when a case is approved."""

from collections.abc import Mapping

from engine.language.kinds import Part
from engine.model import CertificateKind


def build(parts: Mapping[str, Part]) -> tuple[CertificateKind, ...]:
    """The certificates in the author's order. Without a `statement` the title certifies."""
    return tuple(_one(name, part) for name, part in parts.items() if "title" in part.values)


def _one(name: str, part: Part) -> CertificateKind:
    valid = part.get("valid")
    return CertificateKind(
        id=name,
        title=part.get("title"),
        template=part.get("template", ""),
        statement=part.get("statement", part.get("title")),
        shows=part.get("shows", ()),
        sealed=part.get("sealed", True),
        valid_years=valid.get("years") if valid else None,
    )
