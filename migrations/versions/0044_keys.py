"""Each case has a key of its own; what is written is sealed under it once every running version can read that."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, text, time

revision = "0044"
down_revision = "0043"

# Where anything was published the release before may be serving it now, and could not read what is sealed.
USED = "SELECT 1 FROM application UNION ALL SELECT 1 FROM published_procedure LIMIT 1"


def upgrade() -> None:
    """The tables. Where there is anything, sealing begins with `tetsuzuki encrypt`; an empty database begins sealed."""
    op.create_table(
        "case_key",
        *(text(name) for name in ("id", "holder", "master", "wrapped")),
        sa.PrimaryKeyConstraint("id", name="pk_case_key"),
        sa.UniqueConstraint("holder", name="uq_case_key_holder"),
    )
    op.create_index("ix_case_key_master", "case_key", ["master"])
    op.create_table(
        "erased", text("holder"), text("rule"), time("at"), sa.PrimaryKeyConstraint("holder", name="pk_erased")
    )
    sealing = op.create_table(
        "sealing",
        number("id", counted=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("begun", "done")),
        sa.PrimaryKeyConstraint("id", name="pk_sealing"),
    )
    used = op.get_bind().scalar(sa.text(f"SELECT count(*) FROM ({USED}) AS one"))  # noqa: S608 - ours
    op.execute(sealing.insert().values(id=1, begun=not used, done=not used))


def downgrade() -> None:
    """Without keys. What was sealed can never be read again."""
    for table in ("sealing", "erased", "case_key"):
        op.drop_table(table)
