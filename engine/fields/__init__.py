"""The types of fields: one file each in `types/`, found by the registry."""
