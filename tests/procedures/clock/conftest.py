"""Cases whose clock is looked at."""

from tests.procedures.corrections.conftest import desk

__all__ = ["desk"]
