"""A case: the application, its draft, its frozen submissions, its history."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, ColumnElement, ForeignKey, Index, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

from engine.lifecycle import FINAL, Status
from procedures.models.base import Base, Serial, Whose, new_id
from procedures.models.sealed import SealedJson, SealedText


def _among(*statuses: str) -> str:
    return "status IN ({})".format(", ".join(f"'{status}'" for status in sorted(statuses)))


OPEN = tuple(status for status in Status if status is not Status.DRAFT and status not in FINAL)
"""Submitted, and not over."""
_OPEN = _among(*OPEN)
_OVER = f"{_among(*FINAL)} AND office IS NOT NULL"
_WITH_AN_OFFICE = "office IS NOT NULL"


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class Application(Base):
    """One case from draft to end.

    `owner` is `Actor.owner_key`; `round` counts submissions (0 while a draft), `turn` how often the office took up
    again what had ended: there is one decision a turn. `due_on` is the last day of the standard period in Tokyo;
    `office` (of the review, else the bureau) and `reference` are given on submission.
    """

    __tablename__ = "application"
    whose = Whose("id")
    __table_args__ = (
        Index("ix_application_owner", "owner", "created_at"),
        _partial("ix_application_open", "status", "office", "due_on", "claimed_by", "procedure_id", where=_OPEN),
        _partial("ix_application_office_due", "office", "due_on", "submitted_at", "id", where=_OPEN),
        _partial("ix_application_due", "due_on", "submitted_at", "id", where=_OPEN),
        _partial("ix_application_office_over", "office", "status_changed_at", "id", "status", where=_OVER),
        _partial("ix_application_over", "status_changed_at", "id", "status", where=_OVER),
        _partial("ix_application_due_all", "due_on", "submitted_at", "id", "office", "status", where=_WITH_AN_OFFICE),
        _partial("ix_application_procedure_over", "procedure_id", "status_changed_at", "id", "office", where=_OVER),
        _partial("ix_application_office_submitted", "office", "submitted_at", "id", where=_WITH_AN_OFFICE),
        _partial("ix_application_submitted", "submitted_at", "id", where=_WITH_AN_OFFICE),
        _partial("ix_application_claimed_by", "claimed_by", "due_on", where=_OPEN),
        _partial("ix_application_claimed_over", "claimed_by", "status_changed_at", where=_OVER),
        _partial("ix_application_procedure", "procedure_id", "submitted_at", "id", where=_WITH_AN_OFFICE),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str | None] = mapped_column(unique=True)
    procedure_id: Mapped[str]
    digest: Mapped[str] = mapped_column(ForeignKey("published_procedure.digest"))
    status: Mapped[str]
    status_changed_at: Mapped[datetime]
    round: Mapped[int] = mapped_column(default=0, server_default="0")
    turn: Mapped[int] = mapped_column(default=0, server_default="0")
    owner: Mapped[str]
    language: Mapped[str]
    contact_email: Mapped[str | None] = mapped_column(SealedText("application.contact_email"), deferred=True)
    office: Mapped[str | None]
    claimed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    claimed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    due_on: Mapped[date | None]


class Stated(ColumnElement[bool]):
    """A condition in the very words of a partial index, so that a database sees which one holds what is asked for.

    Grouped as it is: as a boolean of SQLAlchemy it would be compared with 1 on SQLite, and no index found by it.
    """

    inherit_cache = True
    type = Boolean()

    def __init__(self, words: str) -> None:
        self.words = words

    _traverse_internals: ClassVar[Any] = [("words", InternalTraversal.dp_string)]

    def self_group(self, against: object = None) -> "Stated":
        """See above."""
        return self


class Told(Stated):
    """What follows from the other conditions, said again for SQLite, which takes a partial index by its own words only.

    PostgreSQL sees that it follows, and would take it for one more condition that fewer cases meet.
    """

    inherit_cache = True


@compiles(Stated)
def _in_its_words(element: Stated, _compiler: SQLCompiler, **_: object) -> str:
    return element.words


@compiles(Told)
def _left_out(_element: Told, _compiler: SQLCompiler, **_: object) -> str:
    return "true"


@compiles(Told, "sqlite")
def _said_again(element: Told, _compiler: SQLCompiler, **_: object) -> str:
    return element.words


def standing(*statuses: Status) -> ColumnElement[bool]:
    """That a case stands at one of these."""
    return Stated(f"application.{_among(*statuses)}")


IS_OPEN = Told(f"application.{_OPEN}")
"""Submitted and not over, beside a condition from which that follows."""
IS_OVER: ColumnElement[bool] = Stated(f"application.{_among(*FINAL)}")


class Draft(Base):
    """The unsent state of a case. `answers` is read and written by `procedures.answers_store` alone.

    A draft lives `keep_days` after `updated_at`, so that saving it stays one fixed UPDATE. `earlier` is what it keeps
    from earlier versions of its procedure (`procedures.amending`); null for one that never moved. `effects` is what
    the last save did further on. `reminded` says which reminder went out (0: none) for the draft as it was last saved
    at `reminded_of`.
    """

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_expiry", "keep_days", "updated_at"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    answers: Mapped[str] = mapped_column(SealedText("draft.answers"))
    revision: Mapped[int]
    keep_days: Mapped[int]
    updated_at: Mapped[datetime]
    earlier: Mapped[str | None] = mapped_column(SealedText("draft.earlier"))
    effects: Mapped[str | None] = mapped_column(SealedText("draft.effects"))
    reminded: Mapped[int] = mapped_column(default=0, server_default="0")
    reminded_of: Mapped[datetime | None]


class Submission(Base):
    """What was submitted, for ever: the database refuses to change or delete it.

    `digest` is the version of the procedure; `quote` is `FeeQuote.to_json()`; `attachments` lists files with their
    hashes; `seen` is what the resident saw and agreed to; `applicant` is who submitted, by which sign-in
    (`procedures.submitting.applicants.described`; null for a visitor); `content_hash` is SHA-256 over all of it.
    """

    __tablename__ = "submission"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("published_procedure.digest"))
    answers: Mapped[str] = mapped_column(SealedText("submission.answers"))
    quote: Mapped[Any | None] = mapped_column(SealedJson("submission.quote"))
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(SealedJson("submission.attachments"))
    seen: Mapped[str] = mapped_column(SealedText("submission.seen"))
    applicant: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("submission.applicant"))
    language: Mapped[str]
    submitted_at: Mapped[datetime]
    content_hash: Mapped[str]


class StatusHistory(Base):
    """One row for each change of status; append-only."""

    __tablename__ = "status_history"
    __table_args__ = (
        Index("ix_status_history_application_id", "application_id", "id"),
        Index("ix_status_history_at", "at"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    at: Mapped[datetime]
    event: Mapped[str]
    source: Mapped[str]
    target: Mapped[str]
    who: Mapped[str]
    actor: Mapped[str]
    note: Mapped[str | None] = mapped_column(SealedText("status_history.note", outlives=True))
