"""How rows and answers lie in the database, the same on SQLite and PostgreSQL."""
