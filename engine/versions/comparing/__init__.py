"""What changed between two versions of a procedure, found by looking at every part of both."""

from engine.versions.comparing.changes import Change, Effect
from engine.versions.comparing.comparison import Comparison, Verdict, compare

__all__ = ["Change", "Comparison", "Effect", "Verdict", "compare"]
