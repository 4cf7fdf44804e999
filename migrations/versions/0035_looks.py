"""Who looked at personal data; roles that wait for somebody to sign in."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, serial, text, time
from migrations.freezing import freeze

revision = "0035"
down_revision = "0034"

LOOK, HEAD, INVITATION = "look", "look_head", "staff_invitation"


def upgrade() -> None:
    """Lines of a log file → rows in a chain of their own, beside the audit log, which holds changes."""
    op.create_table(
        LOOK,
        serial("seq", counted=False),
        time("at"),
        *(text(name) for name in ("actor", "application_id", "what")),
        text("object_id", null=True),
        *(text(name) for name in ("previous", "hash")),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{LOOK}"),
        sa.UniqueConstraint("previous", name=f"uq_{LOOK}_previous"),
    )
    op.create_index(f"ix_{LOOK}_application_id", LOOK, ["application_id", "seq"])
    op.create_index(f"ix_{LOOK}_actor", LOOK, ["actor", "seq"])
    freeze(LOOK)
    op.create_table(
        HEAD,
        number("id", counted=False),
        serial("seq", counted=False),
        text("hash"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{HEAD}"),
    )
    head = sa.table(HEAD, sa.column("id"), sa.column("seq"), sa.column("hash"))
    op.execute(head.insert().values(id=1, seq=0, hash="0" * 64))

    _invitations()


def _invitations() -> None:
    op.create_table(
        INVITATION,
        *(text(name) for name in ("id", "email", "role", "office", "invited_by")),
        *(time(name) for name in ("invited_at", "expires_at")),
        text("bound_to", null=True),
        points(f"fk_{INVITATION}_bound_to", "bound_to", "person.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{INVITATION}"),
    )
    for column in ("email", "office"):
        op.create_index(f"ix_{INVITATION}_{column}", INVITATION, [column])


def downgrade() -> None:
    """Back to the log file alone."""
    op.drop_table(INVITATION)
    op.drop_table(HEAD)
    op.drop_table(LOOK)
