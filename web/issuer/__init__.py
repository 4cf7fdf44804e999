"""A small OpenID Connect issuer for the local run and the tests: made-up people, no passwords, never in production."""
