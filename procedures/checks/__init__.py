"""The doctor's checks, one small function each."""
