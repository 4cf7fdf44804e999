"""Sending files: what a question takes, how files are listed, and sending them piece by piece."""
