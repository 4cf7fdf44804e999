"""Acting for somebody else: for whom a draft is, and mandates that principals granted."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, Whose, new_id
from procedures.models.sealed import SealedText


class MandateGrant(Base):
    """A mandate asked for by a link, and granted, or not, by the principal who signed in. Not the link's secret.

    `procedures` are ids; `until` is its last day in Tokyo; the link can be answered until `open_until`.
    """

    __tablename__ = "mandate_grant"
    whose = Whose("id", "mandate:")

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    asked_as: Mapped[str] = mapped_column(SealedText("mandate_grant.asked_as"))
    kind: Mapped[str]
    principal: Mapped[str] = mapped_column(SealedText("mandate_grant.principal"))
    procedures: Mapped[list[str]] = mapped_column(JsonText)
    until: Mapped[date]
    asked_at: Mapped[datetime]
    open_until: Mapped[datetime]
    granted_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    granted_as: Mapped[str | None] = mapped_column(SealedText("mandate_grant.granted_as"))
    level: Mapped[str | None]
    granted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Acting(Base):
    """For whom a draft is, when it is not for whoever fills it in; gone when the draft is."""

    __tablename__ = "acting"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(SealedText("acting.name"))
    address: Mapped[str] = mapped_column(SealedText("acting.address"))
    relation: Mapped[str] = mapped_column(SealedText("acting.relation"))
    grant_id: Mapped[str | None] = mapped_column(ForeignKey("mandate_grant.id"))
    stated_at: Mapped[datetime]
