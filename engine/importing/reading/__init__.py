"""Reading a source: JSON of bounded size, any draft, every reference resolved among the documents given."""
