"""What issuers vouched for about people, and by which sign-in something was submitted."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import points, text, time

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Verified claims of people; who submitted, in what is frozen."""
    op.create_table(
        "person_claim",
        text("person_id"),
        text("claim"),
        text("issuer"),
        text("value"),
        text("assurance"),
        time("at"),
        points("fk_person_claim_person_id", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("person_id", "claim", "issuer", name="pk_person_claim"),
    )
    op.add_column("submission", text("applicant", null=True))


def downgrade() -> None:
    """Without either."""
    op.drop_column("submission", "applicant")
    op.drop_table("person_claim")
