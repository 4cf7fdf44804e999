"""Reading cases for screens."""
