"""Simple reasoning about expressions: which answers could make one true, by sets and intervals."""
