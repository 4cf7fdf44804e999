"""Signing in without an issuer: passkeys, and links by mail."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text, time

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """The three tables."""
    op.create_table(
        "passkey",
        text("id"),
        text("person_id"),
        text("credential"),
        text("public_key"),
        number("counter"),
        text("name"),
        text("level"),
        text("means"),
        time("added_at"),
        time("used_at", null=True),
        points("fk_passkey_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credential", name="uq_passkey_credential"),
    )
    op.create_index("ix_passkey_person_id", "passkey", ["person_id"])
    op.create_table(
        "sign_in_challenge",
        text("id_hash"),
        text("purpose"),
        text("person_id", null=True),
        time("expires_at"),
        points("fk_sign_in_challenge_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id_hash", name="pk_sign_in_challenge"),
    )
    op.create_index("ix_sign_in_challenge_expires_at", "sign_in_challenge", ["expires_at"])
    _mail_link()


def _mail_link() -> None:
    op.create_table(
        "mail_link",
        *(text(name) for name in ("id", "address", "browser", "source", "then", "language")),
        time("asked_at"),
        time("expires_at"),
        number("tries"),
        time("used_at", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_mail_link"),
    )
    op.create_index("ix_mail_link_browser", "mail_link", ["browser"])
    op.create_index("ix_mail_link_address", "mail_link", ["address", "asked_at"])
    op.create_index("ix_mail_link_source", "mail_link", ["source", "asked_at"])


def downgrade() -> None:
    """Issuers alone."""
    for table in ("mail_link", "sign_in_challenge", "passkey"):
        op.drop_table(table)
