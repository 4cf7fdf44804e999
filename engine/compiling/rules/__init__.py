"""Rules over the answers: stops and warnings, checks over several fields."""
