"""What happened in an office on a day, in numbers; and how far it has been counted."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base


class OfficeDay(Base):
    """How often `what` happened on a day (Tokyo) to cases of a procedure in an office; nothing of any one case.

    `what` is a `procedures.statistics.measures.What`; `value` is a number of days where it is about days, else 0.
    `month` is the first day of the month; of a month that was folded, all rows stand on that day.
    """

    __tablename__ = "office_day"
    __table_args__ = (Index("ix_office_day_office", "office", "month"), Index("ix_office_day_month", "month"))

    day: Mapped[date] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(primary_key=True)
    procedure_id: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[date]
    count: Mapped[int]


class CountedDay(Base):
    """That a day was counted, and when last; a day counted after it was over is not counted again."""

    __tablename__ = "counted_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    counted_at: Mapped[datetime]
