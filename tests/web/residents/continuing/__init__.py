"""Going on with a draft: its list of tasks, what a change does, typed text, other devices, its end."""
