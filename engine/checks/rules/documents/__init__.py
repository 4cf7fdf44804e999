"""Documents: those that are asked for, and those that are issued."""
