"""Numbers of every kind."""
