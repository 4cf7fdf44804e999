"""What pages are made of: macros, the frame, answers and histories in words."""
