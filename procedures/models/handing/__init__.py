"""Who has which case, and what is done to many at once."""
