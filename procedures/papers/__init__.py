"""Certificates as papers: what stands on them, and how they are set."""
