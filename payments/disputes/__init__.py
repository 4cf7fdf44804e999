"""Disputes (異議申立て): noted from what the provider says, posted by its movements, decided where lost."""
