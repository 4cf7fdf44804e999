"""What is kept of a person for next time, and where the answers of drafts came from."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import points, text, time

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Three tables more."""
    op.create_table(
        "profile",
        text("owner"),
        sa.Column("consents", sa.Boolean(), nullable=False),
        time("decided_at"),
        sa.PrimaryKeyConstraint("owner", name="pk_profile"),
    )
    op.create_table(
        "profile_value",
        text("owner"),
        text("concept"),
        text("answer"),
        text("application_id", null=True),
        text("digest", null=True),
        time("kept_at"),
        points("fk_profile_value_owner", "owner", "profile.owner"),
        sa.PrimaryKeyConstraint("owner", "concept", name="pk_profile_value"),
    )
    op.create_table(
        "draft_origin",
        text("application_id"),
        text("source_id", null=True),
        text("waiting"),
        text("marks"),
        points("fk_draft_origin_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("application_id", name="pk_draft_origin"),
    )


def downgrade() -> None:
    """Without them: what was kept is gone."""
    for table in ("draft_origin", "profile_value", "profile"):
        op.drop_table(table)
