"""How long a case takes: its own clock, and what becomes of cases whose day comes."""
