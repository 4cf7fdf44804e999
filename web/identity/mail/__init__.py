"""Signing in by a link that is sent by mail: the lowest level, without any issuer."""
