"""`/_sandbox/…`: where a person or a test decides what happens, and looks at what has happened."""
