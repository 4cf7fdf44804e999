"""Real processes, killed outright at a named point, started again, and asked whether every promise still holds."""
