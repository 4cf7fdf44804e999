"""Fees, from their part of the source to the model."""

from engine.compiling.sections.money.whole import build

__all__ = ["build"]
