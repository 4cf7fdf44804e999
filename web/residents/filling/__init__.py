"""A draft being filled in: where somebody is, what they see, what they answer."""
