"""What staff type and choose, read and checked."""
