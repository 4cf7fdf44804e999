"""From the source of a decision table to the table that the engine evaluates."""

from engine.compiling.tables.building import build
from engine.compiling.tables.derived import calculated, derived, formulas_of, named

__all__ = ["build", "calculated", "derived", "formulas_of", "named"]
