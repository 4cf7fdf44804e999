"""Pages about what stands beside a case: notes of the office, and opinions of other offices."""

from web.desk.asides import answering, asking, noting

__all__ = ["answering", "asking", "noting"]
