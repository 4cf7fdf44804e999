"""How people want to be reached."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text, time

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Mail alone → and other channels by choice."""
    op.create_table(
        "contact",
        text("person_id"),
        text("channel"),
        text("address"),
        time("confirmed_at"),
        time("preferred_at", null=True),
        time("broken_at", null=True),
        text("trouble", null=True),
        points("fk_contact_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("person_id", "channel", name="pk_contact"),
    )
    op.create_index("ix_contact_broken_at", "contact", ["broken_at"])
    op.create_table(
        "contact_code",
        text("id"),
        text("person_id"),
        text("channel"),
        text("address"),
        time("sent_at"),
        number("tries"),
        time("used_at", null=True),
        points("fk_contact_code_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_code"),
    )
    op.create_index("ix_contact_code_person_id", "contact_code", ["person_id", "sent_at"])
    op.create_index("ix_contact_code_address", "contact_code", ["address", "sent_at"])


def downgrade() -> None:
    """Back: what was chosen is gone."""
    for table in ("contact_code", "contact"):
        op.drop_table(table)
