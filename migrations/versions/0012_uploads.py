"""Uploads that come in pieces; the order of the pages of a paper, and what a PDF held."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text, time

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Files that come whole or not at all → files that come in pieces, and stand in an order."""
    op.add_column("attachment", number("position", default="0"))
    op.add_column("attachment", number("pages", null=True))
    op.add_column("attachment", text("removed", null=True))
    op.create_table(
        "upload",
        text("id"),
        text("application_id"),
        text("field_id"),
        text("name"),
        number("size"),
        text("sha256"),
        time("touched_at"),
        text("attachment_id", null=True),
        points("fk_upload_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_application_id", "upload", ["application_id"])
    op.create_index("ix_upload_touched_at", "upload", ["touched_at"])
    op.create_table(
        "upload_piece",
        text("upload_id"),
        number("start", counted=False),
        number("size"),
        text("blob_key"),
        points("fk_upload_piece_upload_id", "upload_id", "upload.id"),
        sa.PrimaryKeyConstraint("upload_id", "start", name="pk_upload_piece"),
        sa.UniqueConstraint("blob_key", name="uq_upload_piece_blob_key"),
    )


def downgrade() -> None:
    """Back: what has not come whole is gone, and files stand in the order in which they came."""
    op.drop_table("upload_piece")
    op.drop_table("upload")
    for column in ("removed", "pages", "position"):
        op.drop_column("attachment", column)
