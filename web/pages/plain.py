"""A page without the frame: for when the frame itself, or the database behind it, is broken."""

from markupsafe import escape

from engine.words import say, tag_of
from web.context import visit

_PAGE = """<!doctype html>
<html lang="{html}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title></head>
<body><main><h1>{title}</h1><p>{advice}</p><p><a href="/">{home}</a></p></main></body></html>
"""


def plain_page(code: int) -> str:
    """What `code` means and what to do, in the language of the request."""
    spoken = visit().wished_language
    return _PAGE.format(
        html=tag_of(spoken),
        title=escape(say(f"platform.error_{code}_title", spoken)),
        advice=escape(say(f"platform.error_{code}_advice", spoken)),
        home=escape(say("platform.home", spoken)),
    )
