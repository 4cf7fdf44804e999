"""What the checks of decision tables need: what the axes can be, which places matter, how they are told."""
