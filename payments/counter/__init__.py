"""Payments at the counter of an office: taken, voided on the same day, paid in at the bank, and the day's sheet."""
