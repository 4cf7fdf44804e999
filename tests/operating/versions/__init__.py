"""Two releases at once: one serves while the next migrates, both serve, then the first one goes. `make upgrade`."""
