"""What is issued when a case is approved."""

from dataclasses import dataclass

from engine.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateKind:
    """One paper. `shows` lists the field ids printed on it; `statement` is the sentence that certifies."""

    id: str
    title: Text
    template: str
    statement: Text
    shows: tuple[str, ...]
    sealed: bool = True
    valid_years: int | None = None
