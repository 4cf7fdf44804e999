"""The tables of limits, as 0003 made them."""
