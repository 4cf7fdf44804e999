"""What is issued when a case is approved."""

from dataclasses import dataclass

from engine.expressions import Expression
from engine.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateKind:
    """One paper. `shows` lists what is printed on it; `statement` is the sentence that certifies.

    Shown are fields, calculated values and fields that staff fill in, by id. Issued where `when` is known to be true.
    One of `valid_years` … `valid_until` says how long it is good; none: for ever.
    """

    id: str
    title: Text
    template: str
    statement: Text
    shows: tuple[str, ...]
    sealed: bool = True
    when: Expression | None = None
    valid_years: int | None = None
    valid_months: int | None = None
    valid_days: int | None = None
    valid_until: Expression | None = None
