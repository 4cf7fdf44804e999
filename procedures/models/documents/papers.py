"""Issued papers: certificates, the numbers that were given (交付簿), and how names are spelt on them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, new_id
from procedures.models.sealed import SealedText


class CertificateCounter(Base):
    """The last number of a series of papers in a fiscal year; locked while counting, so there are no gaps.

    `office` is the name of the series: an office for its certificates, with a prefix for other papers.
    """

    __tablename__ = "certificate_counter"

    office: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class PaperNumber(Base):
    """A number that was given: the register of papers (交付簿). It outlives its case, so nothing points to one.

    Reserved at `given_at`; then handed out on a paper, or cancelled with a reason, never both and never erased.
    `kind` is the kind of paper (certificate, letter, receipt), `about` which one of the procedure's.
    """

    __tablename__ = "paper_number"
    __table_args__ = (
        UniqueConstraint("series", "year", "position"),
        CheckConstraint("handed_out_at IS NULL OR cancelled_at IS NULL", name="one_end"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str]
    year: Mapped[int]
    position: Mapped[int]
    kind: Mapped[str]
    about: Mapped[str]
    application_id: Mapped[str] = mapped_column(index=True)
    given_at: Mapped[datetime]
    handed_out_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    cancel_reason: Mapped[str | None] = mapped_column(SealedText("paper_number.cancel_reason", outlives=True))


class Certificate(Base):
    """One certificate. Its number is reserved first; `blob_key` … `issued_at` follow when the PDF is sealed.

    `code_hash` is of the verification code (`procedures.papers.codes`); null for one issued before there were codes.
    `edition` counts the certificates of one kind in a case. One that is issued again (再交付) `replaces` another, which
    is good until `replaced_at`. `trouble` says why the paper could not be made: ids of fields, nothing personal.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("application_id", "kind", "edition"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    reserved_at: Mapped[datetime]
    blob_key: Mapped[str | None] = mapped_column(unique=True)
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    issued_at: Mapped[datetime | None]
    code_hash: Mapped[str | None] = mapped_column(unique=True)
    revoked_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    replaces: Mapped[str | None]
    again_reason: Mapped[str | None] = mapped_column(SealedText("certificate.again_reason"))
    replaced_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    revoke_reason: Mapped[str | None] = mapped_column(SealedText("certificate.revoke_reason"))
    trouble: Mapped[list[str] | None] = mapped_column(JsonText)
    blob_secret: Mapped[str | None] = mapped_column(SealedText("certificate.blob_secret"))


class PaperSpelling(Base):
    """How an answer is spelt on papers that cannot draw a character of it; erased with the case.

    `place` is the field's id, for a part of a list's item `list.0.part`, counted from 0.
    """

    __tablename__ = "paper_spelling"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    spelling: Mapped[str] = mapped_column(SealedText("paper_spelling.spelling"))
    reason: Mapped[str] = mapped_column(SealedText("paper_spelling.reason"))
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
