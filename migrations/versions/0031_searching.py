"""What cases are found by, and the views that people keep of their queue."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import points, text, time

revision = "0031"
down_revision = "0030"

TERM, VIEW, FIRST = "search_term", "saved_view", "first_view"


def upgrade() -> None:
    """Found by number alone → found by all that is searchable; filters typed anew each day → kept under a name."""
    folded = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        TERM,
        *(text(name) for name in ("application_id", "kind")),
        sa.Column("term", folded, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=f"fk_{TERM}_application_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("application_id", "kind", "term", name=f"pk_{TERM}"),
    )
    op.create_index(f"ix_{TERM}_term", TERM, ["term", "application_id"])
    op.create_table(
        VIEW,
        *(text(name) for name in ("id", "person_id")),
        text("office", null=True),
        *(text(name) for name in ("name", "query")),
        time("saved_at"),
        points(f"fk_{VIEW}_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{VIEW}"),
    )
    op.create_index(f"ix_{VIEW}_person_id", VIEW, ["person_id"])
    op.create_index(f"ix_{VIEW}_office", VIEW, ["office"])
    op.create_table(
        FIRST,
        *(text(name) for name in ("person_id", "view_id")),
        points(f"fk_{FIRST}_person_id", "person_id", "person.id"),
        sa.ForeignKeyConstraint(["view_id"], [f"{VIEW}.id"], name=f"fk_{FIRST}_view_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name=f"pk_{FIRST}"),
    )
    op.create_index(f"ix_{FIRST}_view_id", FIRST, ["view_id"])


def downgrade() -> None:
    """Without them; the terms are made again by `tetsuzuki search-terms`."""
    for table in (FIRST, VIEW, TERM):
        op.drop_table(table)
