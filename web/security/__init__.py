"""What protects every request: hosts, cookies, CSRF tokens, headers."""
