"""Other systems: clients of the API, what they send, what happens to cases, and webhooks."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, serial, text, time
from migrations.freezing import freeze

revision = "0033"
down_revision = "0032"

CLIENT, SECRET, TOKEN, PROOF, UPLOAD = "api_client", "api_secret", "api_token", "api_proof", "api_upload"
RECEIVED, EVENT = "received_submission", "case_event"
SUBSCRIPTION, DELIVERY = "webhook_subscription", "webhook_delivery"

EARLIER = """
INSERT INTO case_event (seq, at, event, application_id, office, procedure_id)
SELECT audit_event.seq, audit_event.at, 'case.decided', application.id, application.office, application.procedure_id
FROM audit_event JOIN application ON application.id = audit_event.object_id
WHERE application.office IS NOT NULL AND audit_event.action IN ('submit', 'pay', 'waive', 'approve', 'refuse')
AND (audit_event.note LIKE '% > approved' OR audit_event.note LIKE '% > refused')
"""
"""What was decided before events were written down can be fetched, too."""


def upgrade() -> None:
    """The seven tables of the API and the two of webhooks."""
    _clients()
    op.create_table(
        UPLOAD,
        *(text(name) for name in ("id", "client_id", "procedure_id", "field_id", "name", "media_type")),
        number("size"),
        *(text(name) for name in ("sha256", "blob_key")),
        number("pages", null=True),
        text("removed", null=True),
        time("kept_at"),
        points(f"fk_{UPLOAD}_client_id", "client_id", f"{CLIENT}.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{UPLOAD}"),
        sa.UniqueConstraint("blob_key", name=f"uq_{UPLOAD}_blob_key"),
    )
    op.create_index(f"ix_{UPLOAD}_client_id", UPLOAD, ["client_id"])
    op.create_index(f"ix_{UPLOAD}_kept_at", UPLOAD, ["kept_at"])
    op.create_table(
        RECEIVED,
        *(text(name) for name in ("application_id", "client_id", "key_hash", "body_hash", "answer")),
        text("their_reference", null=True),
        time("at"),
        points(f"fk_{RECEIVED}_application_id", "application_id", "application.id"),
        points(f"fk_{RECEIVED}_client_id", "client_id", f"{CLIENT}.id"),
        sa.PrimaryKeyConstraint("application_id", name=f"pk_{RECEIVED}"),
        sa.UniqueConstraint("key_hash", name=f"uq_{RECEIVED}_key_hash"),
    )
    op.create_index(f"ix_{RECEIVED}_client_id", RECEIVED, ["client_id"])
    _events()
    _webhooks()


def _clients() -> None:
    op.create_table(
        CLIENT,
        *(text(name) for name in ("id", "name", "scopes", "offices", "procedures", "level")),
        text("jwks", null=True),
        time("made_at"),
        text("made_by"),
        time("revoked_at", null=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{CLIENT}"),
    )
    op.create_table(
        SECRET,
        *(text(name) for name in ("id", "client_id", "hash")),
        time("made_at"),
        text("made_by"),
        time("revoked_at", null=True),
        points(f"fk_{SECRET}_client_id", "client_id", f"{CLIENT}.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{SECRET}"),
        sa.UniqueConstraint("hash", name=f"uq_{SECRET}_hash"),
    )
    op.create_index(f"ix_{SECRET}_client_id", SECRET, ["client_id"])
    op.create_table(
        TOKEN,
        *(text(name) for name in ("hash", "client_id", "scope")),
        time("expires_at"),
        points(f"fk_{TOKEN}_client_id", "client_id", f"{CLIENT}.id"),
        sa.PrimaryKeyConstraint("hash", name=f"pk_{TOKEN}"),
    )
    op.create_index(f"ix_{TOKEN}_client_id", TOKEN, ["client_id"])
    op.create_index(f"ix_{TOKEN}_expires_at", TOKEN, ["expires_at"])
    op.create_table(PROOF, text("hash"), time("expires_at"), sa.PrimaryKeyConstraint("hash", name=f"pk_{PROOF}"))
    op.create_index(f"ix_{PROOF}_expires_at", PROOF, ["expires_at"])


def _events() -> None:
    op.create_table(
        EVENT,
        serial("seq", counted=False),
        time("at"),
        *(text(name) for name in ("event", "application_id", "office", "procedure_id")),
        points(f"fk_{EVENT}_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{EVENT}"),
    )
    op.create_index(f"ix_{EVENT}_event", EVENT, ["event", "seq"])
    op.create_index(f"ix_{EVENT}_application_id", EVENT, ["application_id"])
    op.execute(EARLIER)
    freeze(EVENT)


def _webhooks() -> None:
    op.create_table(
        SUBSCRIPTION,
        *(text(name) for name in ("id", "client_id", "url", "events", "secret_id")),
        text("earlier_id", null=True),
        time("earlier_until", null=True),
        time("made_at"),
        *(text(name) for name in ("made_by", "state")),
        text("why", null=True),
        time("failing_since", null=True),
        time("resting_until", null=True),
        points(f"fk_{SUBSCRIPTION}_client_id", "client_id", f"{CLIENT}.id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{SUBSCRIPTION}"),
    )
    op.create_index(f"ix_{SUBSCRIPTION}_client_id", SUBSCRIPTION, ["client_id"])
    op.create_table(
        DELIVERY,
        *(text(name) for name in ("id", "subscription_id")),
        serial("seq", counted=False),
        text("state"),
        number("attempts"),
        *(time(name) for name in ("made_at", "since")),
        *(time(name, null=True) for name in ("next_at", "ended_at")),
        text("trouble", null=True),
        points(f"fk_{DELIVERY}_subscription_id", "subscription_id", f"{SUBSCRIPTION}.id"),
        points(f"fk_{DELIVERY}_seq", "seq", f"{EVENT}.seq"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{DELIVERY}"),
        sa.UniqueConstraint("subscription_id", "seq", name=f"uq_{DELIVERY}_subscription_id_seq"),
    )
    op.create_index(f"ix_{DELIVERY}_state", DELIVERY, ["state", "made_at"])


def downgrade() -> None:
    """Without them."""
    for table in (DELIVERY, SUBSCRIPTION, EVENT, RECEIVED, UPLOAD, PROOF, TOKEN, SECRET, CLIENT):
        op.drop_table(table)
