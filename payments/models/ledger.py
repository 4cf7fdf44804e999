"""The ledger: postings of entries, each entry a debit and a credit of the same yen."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, Serial


class LedgerAccount(Base):
    """An account. `kind` is the code's first part (receivable, revenue, bank, …); `revenue_code` the 歳入科目."""

    __tablename__ = "ledger_account"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    revenue_code: Mapped[str | None]
    title: Mapped[str]


class LedgerPosting(Base):
    """Entries made by one event (伝票). The database refuses to change or delete it; `id` counts up.

    `source` names the event and is unique, so that nothing is posted twice; `day` is the day in Tokyo; `fiscal_year`
    is the year of the demand; `entry_count` is how many entries it has, and the database refuses one more.
    """

    __tablename__ = "ledger_posting"
    __table_args__ = (
        CheckConstraint("entry_count > 0", name="has_entries"),
        Index("ix_ledger_posting_day", "day", "kind"),
        Index("ix_ledger_posting_charge_id", "charge_id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str]
    source: Mapped[str] = mapped_column(unique=True)
    charge_id: Mapped[str | None] = mapped_column(ForeignKey("charge.id"))
    at: Mapped[datetime]
    day: Mapped[date]
    fiscal_year: Mapped[int]
    entry_count: Mapped[int]
    reverses: Mapped[int | None] = mapped_column(Serial, ForeignKey("ledger_posting.id"), unique=True)


class LedgerEntry(Base):
    """One debit and credit (仕訳), balanced by its shape. The database refuses to change or delete it."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("yen > 0", name="positive"),
        CheckConstraint("debit <> credit", name="two_accounts"),
        Index("ix_ledger_entry_debit", "debit"),
        Index("ix_ledger_entry_credit", "credit"),
    )

    posting_id: Mapped[int] = mapped_column(
        Serial, ForeignKey("ledger_posting.id"), primary_key=True, autoincrement=False
    )
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    debit: Mapped[str] = mapped_column(ForeignKey("ledger_account.code"))
    credit: Mapped[str] = mapped_column(ForeignKey("ledger_account.code"))
    yen: Mapped[int]


class LedgerWhole(Base):
    """That a posting is whole: its last entry is there when the transaction ends. Written by a trigger of the database.

    A posting is made before its entries, so its claim to them is checked at the commit.
    """

    __tablename__ = "ledger_whole"
    __table_args__ = (
        ForeignKeyConstraint(
            ["posting_id", "line"],
            ["ledger_entry.posting_id", "ledger_entry.line"],
            name="fk_ledger_whole_last_entry",
            deferrable=True,
            initially="DEFERRED",
        ),
    )

    posting_id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=False)
    line: Mapped[int]
