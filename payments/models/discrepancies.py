"""What does not match and waits for a person (不突合)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, new_id


class Discrepancy(Base):
    """One thing that does not match. `key` names it, so that it is recorded once; amounts and states as text."""

    __tablename__ = "discrepancy"
    __table_args__ = (Index("ix_discrepancy_open", "resolved_at", "found_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    charge_id: Mapped[str | None] = mapped_column(ForeignKey("charge.id"))
    provider_object: Mapped[str]
    expected: Mapped[str]
    found: Mapped[str]
    found_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
    resolution: Mapped[str | None]
