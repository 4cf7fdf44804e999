"""Days, months and times."""
