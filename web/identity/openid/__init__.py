"""The protocol side of sign-in: an issuer's description and keys, its tokens, and what its claims say."""
