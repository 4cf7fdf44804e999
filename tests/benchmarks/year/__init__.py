"""A simulated year of charges with discrepancies of every kind put into it: each must be found, none invented."""
