"""The journey benchmark: one form on two stacks, paired; see `make bench`."""
