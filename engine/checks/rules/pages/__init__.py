"""What a procedure means to the pages that show it."""
