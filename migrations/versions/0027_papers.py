"""A register of the numbers of papers; certificates that are issued again; spellings for papers."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, points, text, time
from migrations.freezing import freeze_columns, keep_rows

revision = "0027"
down_revision = "0026"

REGISTER, SPELLING = "paper_number", "paper_spelling"
EARLIER, EDITIONS = "uq_certificate_application_id_kind", "uq_certificate_application_id_kind_edition"
FIXED = ("number", "series", "year", "position", "kind", "about", "application_id", "given_at")

_CERTIFICATES = """
SELECT number, kind AS about, application_id, reserved_at AS given_at, issued_at AS handed_out_at FROM certificate
"""
_RECEIPTS = """
SELECT receipt.number, 'receipt' AS about, charge.application_id, receipt.reserved_at AS given_at,
       (SELECT min(made_at) FROM receipt_copy WHERE receipt_copy.receipt_id = receipt.id) AS handed_out_at
FROM receipt JOIN charge ON charge.id = receipt.charge_id
"""


def upgrade() -> None:
    """Numbers that are only counted → numbers that are registered, those given before among them."""
    op.create_table(
        REGISTER,
        *(text(name) for name in ("number", "series")),
        number("year"),
        number("position"),
        *(text(name) for name in ("kind", "about", "application_id")),
        time("given_at"),
        time("handed_out_at", null=True),
        time("cancelled_at", null=True),
        *(text(name, null=True) for name in ("cancelled_by", "cancel_reason")),
        sa.CheckConstraint("handed_out_at IS NULL OR cancelled_at IS NULL", name=op.f(f"ck_{REGISTER}_one_end")),
        sa.PrimaryKeyConstraint("number", name=f"pk_{REGISTER}"),
        sa.UniqueConstraint("series", "year", "position", name=f"uq_{REGISTER}_series_year_position"),
    )
    op.create_index(f"ix_{REGISTER}_application_id", REGISTER, ["application_id"])
    _register_earlier()
    freeze_columns(REGISTER, FIXED)
    keep_rows(REGISTER)
    op.create_table(
        SPELLING,
        *(text(name) for name in ("application_id", "place", "spelling", "reason", "entered_by")),
        time("entered_at"),
        points(f"fk_{SPELLING}_application_id", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("application_id", "place", name=f"pk_{SPELLING}"),
    )
    with op.batch_alter_table("certificate") as table:
        table.add_column(number("edition", default="1"))
        for name in ("replaces", "again_reason"):
            table.add_column(text(name, null=True))
        table.add_column(time("replaced_at", null=True))
        for name in ("revoked_by", "revoke_reason", "trouble"):
            table.add_column(text(name, null=True))
        table.drop_constraint(EARLIER, type_="unique")
        table.create_unique_constraint(
            "uq_certificate_application_id_kind_edition", ["application_id", "kind", "edition"]
        )


def downgrade() -> None:
    """Without them; later editions of a certificate go, their numbers stay counted."""
    op.execute("DELETE FROM certificate WHERE edition > 1")
    with op.batch_alter_table("certificate") as table:
        table.drop_constraint(EDITIONS, type_="unique")
        table.create_unique_constraint(EARLIER, ["application_id", "kind"])
        for name in ("trouble", "revoke_reason", "revoked_by", "replaced_at", "again_reason", "replaces", "edition"):
            table.drop_column(name)
    op.drop_table(SPELLING)
    op.drop_table(REGISTER)


def _register_earlier() -> None:
    """What was numbered before has its number in the paper itself: `series-year-000001`."""
    connection = op.get_bind()
    register = sa.table(REGISTER, *(sa.column(name) for name in (*FIXED, "handed_out_at")))
    for kind, query in (("certificate", _CERTIFICATES), ("receipt", _RECEIPTS)):
        rows = list(_registered(kind, connection.execute(sa.text(query)).mappings().all()))
        if rows:
            op.bulk_insert(register, rows)


def _registered(kind: str, rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows:
        series, year, position = row["number"].rsplit("-", 2)
        yield {**row, "kind": kind, "series": series, "year": int(year), "position": int(position)}
