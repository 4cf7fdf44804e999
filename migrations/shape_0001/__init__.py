"""The tables of migration 0001, group by group."""
