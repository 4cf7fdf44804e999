"""Corrections in words, for applicants and staff alike."""
