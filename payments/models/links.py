"""Links by which somebody else can pay a charge."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, new_id


class PayLink(Base):
    """One link. Not its token: that follows from `id` and the site's secret; what is looked up is its hash."""

    __tablename__ = "pay_link"
    __table_args__ = (Index("ix_pay_link_charge_id", "charge_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    charge_id: Mapped[str] = mapped_column(ForeignKey("charge.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
