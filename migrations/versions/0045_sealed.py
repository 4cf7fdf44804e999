"""What was plain may be sealed, in rows that are never changed otherwise; they go when their case is erased."""

from collections.abc import Mapping, Sequence

from alembic import op

from migrations.columns import text
from migrations.sealing import forget, freeze_as_before, freeze_but_sealing, prepare

revision = "0045"
down_revision = "0044"

CASE = "application_id"
WRITTEN = ("number", CASE, "side", "author", "text", "at", "once")
FROZEN: Mapping[str, tuple[str, Sequence[str], Sequence[str]]] = {
    "submission": (
        CASE,
        (CASE, "round", "digest", "language", "submitted_at", "content_hash"),
        ("answers", "quote", "attachments", "seen", "applicant"),
    ),
    "status_history": (CASE, ("id", CASE, "at", "event", "source", "target", "who", "actor"), ("note",)),
    "decision": (
        CASE,
        (
            *("id", CASE, "round", "proposal_id", "outcome", "reasons", "appeal", "proposed_by", "decided_by"),
            *("decided_at", "turn", "stood_in_for", "contents"),
        ),
        ("text", "granted", "hearing"),
    ),
    "correction_extension": (
        "request_id",
        ("request_id", "number", "due_before", "due_after", "granted_by", "granted_at"),
        ("why",),
    ),
    "examination_entry": (CASE, ("number", CASE, "round", "kind", "item", "by", "at"), ("value",)),
    "receipt": ("id", ("id", "charge_id", "link_id", "number", "issued_on", "reserved_at"), ("addressee", "contents")),
    "case_note": (CASE, ("number", CASE, "by", "at", "once"), ("text",)),
}


BLOBS = ("attachment", "upload_piece", "certificate", "letter", "api_upload", "receipt_copy")


def upgrade() -> None:
    """Two exceptions each; and with each key of bytes, the secret that opens them."""
    for table in BLOBS:
        op.add_column(table, text("blob_secret", null=True))
    prepare()
    for table, (key, fixed, sealed) in FROZEN.items():
        freeze_but_sealing(table, key, fixed, sealed)
    message = [name for name in WRITTEN if name != "text"]
    freeze_but_sealing("case_message", CASE, message, ["text"], ["read_at", "settled_at"])


def downgrade() -> None:
    """No exceptions."""
    for table in FROZEN:
        freeze_as_before(table)
    freeze_as_before("case_message", WRITTEN)
    forget()
    for table in BLOBS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("blob_secret")
