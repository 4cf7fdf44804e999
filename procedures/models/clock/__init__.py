"""How long cases take: who was told of them, and what happened in offices, in numbers."""
