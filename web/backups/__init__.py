"""Backups: the database as it was at one moment, every file that it names, and the keys; and the way back."""

KEPT_APART = ("case_key",)
"""Tables whose rows are in no generation: they stand in one file for all, so that what is gone is gone everywhere."""
