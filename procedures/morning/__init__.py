"""What failed or waits for a person, and the mail that says so in the morning."""
