"""How long what is kept of people is kept, why, and how it goes."""
