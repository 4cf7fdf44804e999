"""The server of the website and its end."""
