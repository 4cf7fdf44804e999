"""The tables of money, as 0002 made them."""
