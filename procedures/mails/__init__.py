"""Mails: worded and built."""
