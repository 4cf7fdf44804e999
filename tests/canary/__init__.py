"""Everybody's data carries a mark; under load, nobody is shown another's: `python -m tests.canary`."""
