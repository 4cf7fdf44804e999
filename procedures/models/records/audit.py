"""The audit log: who did what to which case and fields, never the values."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, Serial


class AuditEvent(Base):
    """One link of the chain; append-only. `hash` covers the row and `previous`, the hash of the link before."""

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    object_id: Mapped[str] = mapped_column(index=True)
    field_ids: Mapped[list[str]] = mapped_column(JsonText)
    note: Mapped[str | None]
    previous: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str]


class AuditHead(Base):
    """The end of the chain; its one row is locked while a link is added."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Serial)
    hash: Mapped[str]
