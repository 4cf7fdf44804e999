"""Finding cases by what was submitted: the terms of each, and looking for words among them."""
