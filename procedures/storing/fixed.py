"""Fixed statements of the hot path: compiled once for each kind of database, then handed to its driver as they are.

Through SQLAlchemy's execution the same costs ten times what the driver takes for it.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, object]
Change = Callable[[Any], Any]
Statement = Select[Any] | Insert | Update | Delete


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement for one driver. It takes `takes` values; `constants` it binds itself, such as a limit.

    `binds` and `columns` say how values change on their way in and out; what stays as it is is left out.
    """

    sql: str
    takes: int
    order: tuple[str, ...] | None  # of the values, where the driver wants them by place
    constants: Mapping[str, object]
    binds: tuple[tuple[str, Change], ...]
    columns: tuple[tuple[int, Change], ...]
    row: Callable[..., Any] | None


class Fixed:
    """One statement. Its values are its bind parameters; an INSERT takes all columns at its first use."""

    __slots__ = ("_forms", "statement")

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self._forms: dict[str, _Form] = {}

    def all(self, session: Session, values: Values) -> list[Any]:
        """Every row, with its columns as attributes."""
        connection = session.connection()
        if _watched(connection):
            return list(connection.execute(self.statement, dict(values)))
        form, cursor = self._run(connection, values)
        rows = cursor.fetchall()
        cursor.close()
        if form.row is None:
            raise TypeError("this statement answers no rows")
        if not form.columns:
            return [form.row(*row) for row in rows]
        return [form.row(*_changed(list(row), form.columns)) for row in rows]

    def one_or_none(self, session: Session, values: Values) -> Any:
        """The only row, or None."""
        rows = self.all(session, values)
        if len(rows) > 1:
            raise ValueError("more than one row")
        return rows[0] if rows else None

    def change(self, session: Session, values: Values) -> int:
        """Write; how many rows it was."""
        connection = session.connection()
        if _watched(connection):
            return connection.execute(self.statement, dict(values)).rowcount
        cursor = self._run(connection, values)[1]
        count: int = cursor.rowcount
        cursor.close()
        return count

    def _run(self, connection: Connection, values: Values) -> tuple[_Form, Any]:
        form = self._forms.get(connection.dialect.name)
        if form is None:
            form = self._forms[connection.dialect.name] = _form(self.statement, connection.dialect, list(values))
        if len(values) != form.takes:
            raise TypeError(f"{form.sql} takes {form.takes} values, not {sorted(values)}")
        given = {**form.constants, **values}
        for name, change in form.binds:
            given[name] = change(given[name])
        parameters = given if form.order is None else [given[name] for name in form.order]
        driver: Any = connection.connection.driver_connection
        try:
            return form, driver.execute(form.sql, parameters)
        except connection.dialect.loaded_dbapi.Error as error:
            shown = given if form.order is None else tuple(given[name] for name in form.order)
            raise DBAPIError.instance(form.sql, shown, error, connection.dialect.loaded_dbapi.Error) from error


def _watched(connection: Connection) -> bool:
    """Whether somebody listens to what is run: then it goes the usual way."""
    heard = connection.engine.dispatch
    return bool(heard.before_cursor_execute or heard.before_execute)


def _changed(row: list[Any], columns: tuple[tuple[int, Change], ...]) -> list[Any]:
    for place, change in columns:
        row[place] = change(row[place])
    return row


def _form(statement: Statement, dialect: Dialect, names: list[str]) -> _Form:
    compiled: Any = statement.compile(dialect=dialect, column_keys=names if isinstance(statement, Insert) else None)
    if not isinstance(compiled, SQLCompiler) or compiled.prefetch or compiled.post_compile_params:
        raise TypeError(f"not fixed: {statement}. Give every column, and lists as statements of their own.")
    kinds = {name: bind.type.dialect_impl(dialect) for bind, name in compiled.bind_names.items()}
    binds = ((name, kind.bind_processor(dialect)) for name, kind in kinds.items())
    selected = list(statement.exported_columns)
    results = (column.type.dialect_impl(dialect).result_processor(dialect, None) for column in selected)
    return _Form(
        sql=str(compiled),
        takes=len({name for bind, name in compiled.bind_names.items() if bind.required}),
        order=tuple(compiled.positiontup) if compiled.positional else None,
        constants={name: bind.value for bind, name in compiled.bind_names.items() if not bind.required},
        binds=tuple((name, change) for name, change in binds if change is not None),
        columns=tuple((place, change) for place, change in enumerate(results) if change is not None),
        row=namedtuple("Found", [column.key for column in selected]) if selected else None,  # noqa: PYI024 - named at run time
    )
