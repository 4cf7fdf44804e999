"""From a checked source to the frozen procedure that every other layer reads."""

from engine.compiling.concepts import Concepts, load_concepts
from engine.compiling.procedure import Compiled, compile_procedure
from engine.compiling.tariffs import Tariffs, load_tariffs

__all__ = ["Compiled", "Concepts", "Tariffs", "compile_procedure", "load_concepts", "load_tariffs"]
