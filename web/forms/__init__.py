"""Questions as plain template data, the text that travels in and out of them, and what is wrong with it."""
