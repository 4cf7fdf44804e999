"""The local run: everything on one machine, with made-up people and no real money."""
