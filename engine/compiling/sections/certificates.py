"""What is issued when a case is approved."""

from collections.abc import Mapping

from engine.compiling.formulas import Formulas
from engine.expressions import DATE
from engine.language.kinds import Part
from engine.model import CertificateKind


def build(parts: Mapping[str, Part], formulas: Formulas) -> tuple[CertificateKind, ...]:
    """The certificates in the author's order. Without a `statement` the title certifies.

    Their formulas see every answer, and what staff have filled in.
    """
    return tuple(_one(name, part, formulas) for name, part in parts.items() if "title" in part.values)


def _one(name: str, part: Part, formulas: Formulas) -> CertificateKind:
    valid = part.get("valid") or Part(part.node, part.path, {})
    return CertificateKind(
        id=name,
        title=part.get("title"),
        template=part.get("template", ""),
        statement=part.get("statement", part.get("title")),
        shows=part.get("shows", ()),
        sealed=part.get("sealed", True),
        when=formulas.condition(part.get("when")),
        valid_years=valid.get("years"),
        valid_months=valid.get("months"),
        valid_days=valid.get("days"),
        valid_until=formulas.of_type(valid.get("until"), DATE),
    )
