"""The bank's files, the statements and lines in them, and which line is which payout."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, new_id


class BankFile(Base):
    """A file as it was handed in: kept as evidence once it is confirmed, thrown away if it never is."""

    __tablename__ = "bank_file"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    account: Mapped[str]
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[datetime]
    confirmed_by: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]


class BankStatement(Base):
    """An account from its first to its last day; balances are None where the file told none. Never changed."""

    __tablename__ = "bank_statement"
    __table_args__ = (
        UniqueConstraint("account", "first_on", "last_on", "file_id"),
        Index("ix_bank_statement_last_on", "last_on"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[str] = mapped_column(ForeignKey("bank_file.id"))
    account: Mapped[str]
    holder: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    opening_yen: Mapped[int | None] = mapped_column(BigInteger)
    closing_yen: Mapped[int | None] = mapped_column(BigInteger)
    imported_at: Mapped[datetime]


class BankLine(Base):
    """One movement, once however many files hold it: the `number`-th of its account, day, amount and text.

    `yen` > 0 came in, < 0 went out; `text` is what the bank wrote. Never changed.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        CheckConstraint("yen <> 0", name="moves"),
        UniqueConstraint("account", "day", "yen", "text", "number"),
        Index("ix_bank_line_day", "day"),
        Index("ix_bank_line_statement_id", "statement_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    statement_id: Mapped[str] = mapped_column(ForeignKey("bank_statement.id"))
    account: Mapped[str]
    day: Mapped[date]
    number: Mapped[int]
    yen: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str]
    reference: Mapped[str]
    place: Mapped[int]


class BankMatch(Base):
    """That a line is a payout's arrival, or leaving where the provider took money back. `by` is an actor's key."""

    __tablename__ = "bank_match"
    __table_args__ = (
        ForeignKeyConstraint(["provider", "payout_id"], ["payout.provider", "payout.payout_id"]),
        UniqueConstraint("provider", "payout_id"),
    )

    line_id: Mapped[str] = mapped_column(ForeignKey("bank_line.id"), primary_key=True)
    provider: Mapped[str]
    payout_id: Mapped[str]
    by: Mapped[str]
    matched_at: Mapped[datetime]
