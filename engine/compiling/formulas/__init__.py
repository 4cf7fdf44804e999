"""Expressions of a procedure: which names they may use where, named conditions, compiling with exact places."""

from engine.compiling.formulas.compiling import Formulas
from engine.compiling.formulas.conditions import Conditions, gather
from engine.compiling.formulas.names import BUILT_IN, Inside, Names, free_names

__all__ = ["BUILT_IN", "Conditions", "Formulas", "Inside", "Names", "free_names", "gather"]
