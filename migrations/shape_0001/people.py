"""Published procedures, people, their roles and sessions, as 0001 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, points, text, time


def create() -> None:
    """All tables of this group."""
    _published_procedure()
    _person()
    _staff_role()
    _web_session()


def _published_procedure() -> None:
    op.create_table(
        "published_procedure",
        text("digest"),
        text("procedure_id"),
        day("version"),
        text("file"),
        text("source"),
        text("concepts"),
        time("published_at"),
        text("published_by"),
        sa.Column("suspended", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_published_procedure"),
        sa.UniqueConstraint("procedure_id", "version", name="uq_published_procedure_procedure_id_version"),
    )


def _person() -> None:
    op.create_table(
        "person",
        text("id"),
        text("issuer"),
        text("subject"),
        text("name"),
        text("email", null=True),
        text("language", default="ja"),
        text("assurance", default="basic"),
        time("created_at"),
        time("seen_at"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("issuer", "subject", name="uq_person_issuer_subject"),
    )


def _staff_role() -> None:
    op.create_table(
        "staff_role",
        text("person_id"),
        text("role"),
        text("office"),
        points("fk_staff_role_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("person_id", "role", "office", name="pk_staff_role"),
    )


def _web_session() -> None:
    op.create_table(
        "web_session",
        text("id_hash"),
        text("person_id", null=True),
        time("created_at"),
        time("seen_at"),
        time("expires_at"),
        text("csrf"),
        text("data"),
        points("fk_web_session_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id_hash", name="pk_web_session"),
    )
    op.create_index("ix_web_session_expires_at", "web_session", ["expires_at"])
    op.create_index("ix_web_session_person_id", "web_session", ["person_id"])
