"""Who may do what: one table of actions and roles, and the questions asked of it."""

from procedures.authority.asking import may, may_somewhere, offices_where, require
from procedures.authority.table import Row, action_of, row_of, rows

__all__ = ["Row", "action_of", "may", "may_somewhere", "offices_where", "require", "row_of", "rows"]
