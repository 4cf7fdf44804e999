"""Cases with money."""
