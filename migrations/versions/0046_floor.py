"""The oldest release that fits this shape is the one that was the first to ask which do."""

import sqlalchemy as sa
from alembic import op

from migrations.expanding import FLOOR, contract

revision = "0046"
down_revision = "0045"

BEFORE = "0039"


def upgrade() -> None:
    """0040 took a column away that 0039 writes at each sign-in; releases up to 0042 start on no shape but their own."""
    contract("0043")


def downgrade() -> None:
    """As it was said before."""
    op.execute(sa.text(f"UPDATE {FLOOR} SET revision = :oldest").bindparams(oldest=BEFORE))  # noqa: S608 - our own name
