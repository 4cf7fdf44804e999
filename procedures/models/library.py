"""Published versions of procedures."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText


class PublishedProcedure(Base):
    """One immutable version: its sources, whole, under the digest of what they compile to.

    `shared` are the shared files that it uses beside the concepts, by name: tariffs. `bureau` is copied out, so that
    figures can be told apart by it.
    """

    __tablename__ = "published_procedure"
    __table_args__ = (UniqueConstraint("procedure_id", "version"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    procedure_id: Mapped[str]
    version: Mapped[date]
    file: Mapped[str]
    source: Mapped[str]
    concepts: Mapped[str]
    shared: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    suspended: Mapped[bool] = mapped_column(default=False, server_default=false())
    bureau: Mapped[str | None]
