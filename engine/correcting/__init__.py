"""Corrections of what was submitted: what may be changed, what follows from a change, and what differs afterwards."""

from engine.correcting.changing import Corrected, correct
from engine.correcting.differences import Difference, differences
from engine.correcting.places import ABSENT, Place, asked, covered, field_at, outermost, put_at, value_at

__all__ = [
    "ABSENT",
    "Corrected",
    "Difference",
    "Place",
    "asked",
    "correct",
    "covered",
    "differences",
    "field_at",
    "outermost",
    "put_at",
    "value_at",
]
