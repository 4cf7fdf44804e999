"""The ledger, as 0002 made it: append-only, and no posting gets more entries than it was made with."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import day, number, points, serial, text, time

_SQLITE_GUARD = """
CREATE TRIGGER ledger_entry_within BEFORE INSERT ON ledger_entry
WHEN NEW.line < 1 OR NEW.line > coalesce((SELECT entry_count FROM ledger_posting WHERE id = NEW.posting_id), 0)
BEGIN SELECT RAISE(ABORT, 'a posting has exactly the entries it was made with'); END
"""

_POSTGRESQL_GUARD = """
CREATE FUNCTION refuse_further_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.line < 1 OR NEW.line > coalesce((SELECT entry_count FROM ledger_posting WHERE id = NEW.posting_id), 0) THEN
        RAISE EXCEPTION 'a posting has exactly the entries it was made with'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""


FIXED_ACCOUNTS = (
    ("bank", "bank", "預金"),
    ("provider:stripe", "provider", "決済会社への未収金（Stripe）"),
    ("fee:stripe", "fee", "決済手数料（Stripe）"),
    ("suspense", "suspense", "仮受金"),
)


def whole(name: str, *, null: bool = False) -> sa.Column[int]:
    """A whole number of 64 bits that points to a counted key."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=null, autoincrement=False)


def create() -> None:
    """All tables of this group, and the accounts that do not depend on any procedure."""
    accounts = op.create_table(
        "ledger_account",
        text("code"),
        text("kind"),
        text("revenue_code", null=True),
        text("title"),
        sa.PrimaryKeyConstraint("code", name="pk_ledger_account"),
    )
    op.bulk_insert(accounts, [{"code": code, "kind": kind, "title": title} for code, kind, title in FIXED_ACCOUNTS])
    _posting()
    _entry()


def _posting() -> None:
    op.create_table(
        "ledger_posting",
        serial("id"),
        text("kind"),
        text("source"),
        text("charge_id", null=True),
        time("at"),
        day("day"),
        number("fiscal_year"),
        number("entry_count"),
        whole("reverses", null=True),
        sa.CheckConstraint("entry_count > 0", name=op.f("ck_ledger_posting_has_entries")),
        points("fk_ledger_posting_charge_id", "charge_id", "charge.id"),
        points("fk_ledger_posting_reverses", "reverses", "ledger_posting.id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_posting"),
        sa.UniqueConstraint("source", name="uq_ledger_posting_source"),
        sa.UniqueConstraint("reverses", name="uq_ledger_posting_reverses"),
    )
    op.create_index("ix_ledger_posting_day", "ledger_posting", ["day", "kind"])
    op.create_index("ix_ledger_posting_charge_id", "ledger_posting", ["charge_id"])


def _entry() -> None:
    op.create_table(
        "ledger_entry",
        whole("posting_id"),
        number("line", counted=False),
        text("debit"),
        text("credit"),
        number("yen"),
        sa.CheckConstraint("yen > 0", name=op.f("ck_ledger_entry_positive")),
        sa.CheckConstraint("debit <> credit", name=op.f("ck_ledger_entry_two_accounts")),
        points("fk_ledger_entry_posting_id", "posting_id", "ledger_posting.id"),
        points("fk_ledger_entry_debit", "debit", "ledger_account.code"),
        points("fk_ledger_entry_credit", "credit", "ledger_account.code"),
        sa.PrimaryKeyConstraint("posting_id", "line", name="pk_ledger_entry"),
    )
    op.create_index("ix_ledger_entry_debit", "ledger_entry", ["debit"])
    op.create_index("ix_ledger_entry_credit", "ledger_entry", ["credit"])


def guard() -> None:
    """Refuse an entry beyond those that its posting announced."""
    if op.get_bind().dialect.name != "postgresql":
        op.execute(_SQLITE_GUARD)
        return
    op.execute(_POSTGRESQL_GUARD)
    op.execute(
        "CREATE TRIGGER ledger_entry_within BEFORE INSERT ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_further_entry()"
    )


def forget_guard() -> None:
    """The way back of `guard`, after the table is gone."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_further_entry()")
