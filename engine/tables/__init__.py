"""Decision tables: rows of cells over axes, one way of choosing among the rows that match."""

from engine.tables.cells import Band, Cell, Not, OneOf, Value
from engine.tables.policies import HITS, Hit
from engine.tables.table import Axis, Row, Table

__all__ = ["HITS", "Axis", "Band", "Cell", "Hit", "Not", "OneOf", "Row", "Table", "Value"]
