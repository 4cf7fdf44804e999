"""Every module of the API that holds routes, in the order of the document."""

from web.api import procedures, uploads, submissions, cases, tokens, documentation  # isort: skip

ROUTES = (procedures, uploads, submissions, cases, tokens, documentation)
