"""Money: rates, limits, reductions that are asked for."""
