"""Numbers that an authority or a bank gave: each with its own form and, where it has one, its check digit."""
