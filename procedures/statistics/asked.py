"""What somebody wants to know about offices."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, literal

from procedures.actors import EVERYWHERE


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which offices (`EVERYWHERE` among them: of all), from which month to which (their first days), which one."""

    offices: frozenset[str]
    first: date
    last: date
    procedure_id: str | None = None

    def holds(self, office: ColumnElement[str] | ColumnElement[str | None]) -> ColumnElement[bool]:
        """The condition that a column names one of the offices."""
        return literal(True) if EVERYWHERE in self.offices else office.in_(sorted(self.offices))  # noqa: FBT003
