"""From a checked source to the frozen procedure that every other layer reads."""

from engine.compiling.concepts import Concepts, load_concepts
from engine.compiling.procedure import Compiled, compile_procedure

__all__ = ["Compiled", "Concepts", "compile_procedure", "load_concepts"]
