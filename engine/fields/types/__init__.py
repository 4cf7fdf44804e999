"""One file a type; each declares `TYPE`."""
