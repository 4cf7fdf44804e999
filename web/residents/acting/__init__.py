"""Applying for somebody else: for whom, and the mandate."""
