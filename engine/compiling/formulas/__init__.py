"""Expressions of a procedure: which names they may use where, what is named, compiling with exact places."""

from engine.compiling.formulas.compiling import Formulas
from engine.compiling.formulas.named import Named, NamedSource, condition, gather
from engine.compiling.formulas.names import BUILT_IN, RESERVED, Inside, Names, free_names

__all__ = [
    "BUILT_IN",
    "RESERVED",
    "Formulas",
    "Inside",
    "Named",
    "NamedSource",
    "Names",
    "condition",
    "free_names",
    "gather",
]
