"""What runs: signs of life, and which releases fit the shape of the database."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base


class Heartbeat(Base):
    """When something was last known to work; `name` is `worker:<host>:<pid>` or `backup`."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class SchemaFloor(Base):
    """One row: the oldest revision whose release still works on this shape (`migrations.expanding`)."""

    __tablename__ = "schema_floor"

    revision: Mapped[str] = mapped_column(primary_key=True)
