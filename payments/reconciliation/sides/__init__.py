"""The sides that are compared: each a module with `find`, which tells what does not match as seen from there."""
