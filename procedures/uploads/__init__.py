"""What is done to an uploaded file before it is kept."""
