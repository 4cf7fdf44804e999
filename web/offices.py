"""The names of offices on pages: each read once a request, where a page asks for it."""

from flask import g

from procedures.people import offices
from web.context import language, reading


def office_name(office_id: str) -> str:
    """What people call an office, in the language of the request; its id where nobody wrote a name down."""
    known: dict[str, str] = g.setdefault("office_names", {})
    if office_id not in known:
        with reading() as session:
            known[office_id] = offices.name_of(session, office_id, language())
    return known[office_id]
