"""Attachments and certificates, as 0001 made them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, text, time


def create() -> None:
    """All tables of this group."""
    _attachment()
    _certificate_counter()
    _certificate()


def _attachment() -> None:
    op.create_table(
        "attachment",
        text("id"),
        text("application_id"),
        text("field_id"),
        text("name"),
        text("media_type"),
        number("size"),
        text("sha256"),
        text("blob_key"),
        time("uploaded_at"),
        points("fk_attachment_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sa.UniqueConstraint("blob_key", name="uq_attachment_blob_key"),
    )
    op.create_index("ix_attachment_application_id", "attachment", ["application_id"])


def _certificate_counter() -> None:
    op.create_table(
        "certificate_counter",
        text("office"),
        number("year"),
        number("last"),
        sa.PrimaryKeyConstraint("office", "year", name="pk_certificate_counter"),
    )


def _certificate() -> None:
    op.create_table(
        "certificate",
        text("id"),
        text("application_id"),
        text("kind"),
        text("number"),
        day("issued_on"),
        day("valid_until", null=True),
        time("reserved_at"),
        text("blob_key", null=True),
        text("sha256", null=True),
        number("size", null=True),
        time("issued_at", null=True),
        points("fk_certificate_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("application_id", "kind", name="uq_certificate_application_id_kind"),
        sa.UniqueConstraint("blob_key", name="uq_certificate_blob_key"),
        sa.UniqueConstraint("number", name="uq_certificate_number"),
    )
