"""Who somebody is: sign-in by OpenID Connect, and the sessions that follow from it."""
