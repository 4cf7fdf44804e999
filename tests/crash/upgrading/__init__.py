"""Migrations as what is killed: an installation of an earlier release, brought to this one again and again."""
