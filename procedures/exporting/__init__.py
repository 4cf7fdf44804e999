"""A filtered queue as a table: which columns there are, and the cases portion by portion."""
