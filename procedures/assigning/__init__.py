"""Who gets a case: by itself, from a colleague, from a manager, from another office."""
