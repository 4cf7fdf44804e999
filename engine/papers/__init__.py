"""Papers as the spec describes them: whether and how long they are good, what a template may name."""
