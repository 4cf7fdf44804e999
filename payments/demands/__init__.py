"""Charges from frozen quotes: demanded, kept, read."""
