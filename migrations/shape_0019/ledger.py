"""The ledger, as 0019 guards it: postings are whole at the commit, no row is replaced, accounts keep their meaning."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, serial
from migrations.freezing import freeze, freeze_columns, thaw_columns

ACCOUNTS = (
    ("in_transit:stripe", "in_transit", "預金への振込中（Stripe）"),
    ("sundry", "sundry", "雑入"),
    ("bank_fee", "bank_fee", "振込手数料"),
)

# An entry follows the one before it, so the last one being there means that all are.
_SQLITE = (
    """
CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry
WHEN NEW.line > 1 AND NOT EXISTS
    (SELECT 1 FROM ledger_entry WHERE posting_id = NEW.posting_id AND line = NEW.line - 1)
BEGIN SELECT RAISE(ABORT, 'the entries of a posting are counted without a gap'); END
""",
    """
CREATE TRIGGER ledger_posting_whole AFTER INSERT ON ledger_posting
BEGIN INSERT INTO ledger_whole (posting_id, line) VALUES (NEW.id, NEW.entry_count); END
""",
    # INSERT OR REPLACE deletes without asking the triggers of DELETE.
    """
CREATE TRIGGER ledger_posting_no_REPLACE BEFORE INSERT ON ledger_posting
WHEN EXISTS (SELECT 1 FROM ledger_posting WHERE id = NEW.id OR source = NEW.source OR reverses = NEW.reverses)
BEGIN SELECT RAISE(ABORT, 'ledger_posting is append-only: UNIQUE id, source, reverses'); END
""",
    """
CREATE TRIGGER ledger_entry_no_REPLACE BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE posting_id = NEW.posting_id AND line = NEW.line)
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END
""",
    """
CREATE TRIGGER ledger_whole_no_REPLACE BEFORE INSERT ON ledger_whole
WHEN EXISTS (SELECT 1 FROM ledger_whole WHERE posting_id = NEW.posting_id)
BEGIN SELECT RAISE(ABORT, 'ledger_whole is append-only'); END
""",
)
_SQLITE_NAMES = (
    "ledger_entry_in_order",
    "ledger_posting_whole",
    "ledger_posting_no_REPLACE",
    "ledger_entry_no_REPLACE",
)

_POSTGRESQL = (
    """
CREATE FUNCTION refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.line > 1 AND NOT EXISTS
        (SELECT 1 FROM ledger_entry WHERE posting_id = NEW.posting_id AND line = NEW.line - 1) THEN
        RAISE EXCEPTION 'the entries of a posting are counted without a gap'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
""",
    """
CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION refuse_gap()
""",
    """
CREATE FUNCTION refuse_half_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO ledger_whole (posting_id, line) VALUES (NEW.id, NEW.entry_count); RETURN NULL; END $$
""",
    """
CREATE TRIGGER ledger_posting_whole AFTER INSERT ON ledger_posting
FOR EACH ROW EXECUTE FUNCTION refuse_half_posting()
""",
)


def whole(name: str, *, null: bool = False) -> sa.Column[int]:
    """A whole number of 64 bits that points to a counted key."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=null, autoincrement=False)


def add_accounts() -> None:
    """The accounts between provider and bank, and those that resolve what does not match."""
    accounts = sa.table("ledger_account", *(sa.column(name) for name in ("code", "kind", "title")))
    op.bulk_insert(accounts, [{"code": code, "kind": kind, "title": title} for code, kind, title in ACCOUNTS])


def add_whole() -> None:
    """The claim of each posting to its last entry; those that are there already make theirs now."""
    op.create_table(
        "ledger_whole",
        serial("posting_id", counted=False),
        number("line"),
        sa.ForeignKeyConstraint(
            ["posting_id", "line"],
            ["ledger_entry.posting_id", "ledger_entry.line"],
            name="fk_ledger_whole_last_entry",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("posting_id", name="pk_ledger_whole"),
    )
    op.execute("INSERT INTO ledger_whole (posting_id, line) SELECT id, entry_count FROM ledger_posting")
    freeze("ledger_whole")


def guard() -> None:
    """The triggers, and accounts that keep their code, kind and 歳入科目."""
    for statement in _POSTGRESQL if _postgresql() else _SQLITE:
        op.execute(statement)
    freeze_columns("ledger_account", ("code", "kind", "revenue_code"))


def forget_guard() -> None:
    """The way back. Accounts that entries stand on stay."""
    thaw_columns("ledger_account")
    if _postgresql():
        for trigger, table in (("ledger_entry_in_order", "ledger_entry"), ("ledger_posting_whole", "ledger_posting")):
            op.execute(f"DROP TRIGGER {trigger} ON {table}")
        for function in ("refuse_gap", "refuse_half_posting"):
            op.execute(f"DROP FUNCTION {function}()")
    else:
        for trigger in _SQLITE_NAMES:
            op.execute(f"DROP TRIGGER {trigger}")
    op.drop_table("ledger_whole")
    codes = ", ".join(f"'{code}'" for code, _, _ in ACCOUNTS)
    unused = "NOT IN (SELECT debit FROM ledger_entry UNION SELECT credit FROM ledger_entry)"
    op.execute(f"DELETE FROM ledger_account WHERE code IN ({codes}) AND code {unused}")  # noqa: S608 - our own codes


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
