"""The tables of 0007."""
