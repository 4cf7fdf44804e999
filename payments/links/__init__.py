"""Paying by a link that another person can use."""
