"""Everybody does whatever can be done, over HTTP, on two databases that must stay alike: `python -m tests.machine`."""
