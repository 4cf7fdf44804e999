"""The types of fields, one file each; those that are of a kind share a room."""
