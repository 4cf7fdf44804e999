"""Documents of a case: uploaded ones, and issued ones."""
