"""Reaching people: by which way, at which address, and how they prove that it is theirs."""
