"""The bank's side: statements imported whole or not at all, and their lines matched with payouts."""
