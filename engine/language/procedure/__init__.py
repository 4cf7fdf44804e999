"""The spec language, declared once: each section of a procedure in a module of its own."""

from engine.language.procedure.scenarios import SCENARIO
from engine.language.procedure.whole import PROCEDURE

__all__ = ["PROCEDURE", "SCENARIO"]
