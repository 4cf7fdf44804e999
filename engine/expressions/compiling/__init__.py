"""From a syntax tree to closures, each part type-checked once."""
