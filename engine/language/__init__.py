"""The shape of the spec language: one declaration, from which come the checks with positions and the JSON Schema."""
