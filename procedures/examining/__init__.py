"""What staff fill in and tick off in the stages of an examination."""
