"""What is kept of what people did, and of what they looked at: rows in a chain."""
