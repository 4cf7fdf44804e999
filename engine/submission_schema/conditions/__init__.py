"""Translates conditions into formulas: when each is known to be true, and when known to be false."""

from engine.submission_schema.conditions.translating import Translator
from engine.submission_schema.conditions.truth import Truth

__all__ = ["Translator", "Truth"]
