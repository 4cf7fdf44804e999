"""Short names for the kinds of column that migrations add, the same on both databases."""

import sqlalchemy as sa


def text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[str]:
    """Text of any length; JSON too."""
    return sa.Column(name, sa.Text(), nullable=null, server_default=default)


def number(name: str, *, null: bool = False, default: str | None = None, counted: bool = True) -> sa.Column[int]:
    """A whole number of 32 bits; `counted=False` for a primary key that the database must not count up."""
    return sa.Column(
        name, sa.Integer(), nullable=null, server_default=default, autoincrement="auto" if counted else False
    )


def serial(name: str, *, counted: bool = True) -> sa.Column[int]:
    """A whole number of 64 bits, counted up by the database where it is the primary key."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=False, autoincrement="auto" if counted else False)


def time(name: str, *, null: bool = False) -> sa.Column[object]:
    """A moment in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def day(name: str, *, null: bool = False) -> sa.Column[object]:
    """A day of Tokyo."""
    return sa.Column(name, sa.Date(), nullable=null)


def points(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key named `name` from `column` to `table.column`."""
    return sa.ForeignKeyConstraint([column], [target], name=name)
