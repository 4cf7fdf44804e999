"""Passkeys: added after a sign-in, and a way to sign in from then on."""
