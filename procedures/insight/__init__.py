"""How procedures do: feedback of those who sent something, and counts by page and day. Never about a person."""
