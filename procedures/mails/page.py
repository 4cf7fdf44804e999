"""A notice as an HTML page for mail programs: one column, real headings, nothing fetched, dark where wanted."""

import re
from collections.abc import Iterator
from html import escape
from string import Template

from engine.words import say, tag_of
from procedures.channels.notice import Notice, Part, Sender
from procedures.mails.footer import footer

USUAL_COLOUR = "#0017c1"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SOFT = 'class="soft" style="margin:0 0 12px;font-size:14px;line-height:1.6;color:#55555d"'

# Some mail programs drop style sheets, so what matters stands in the elements; the sheet only makes it dark.
_PAGE = Template("""<!doctype html>
<html lang="$html_language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$subject</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #17171a !important; color: #f2f2f4 !important; }
  .sheet { background-color: #232327 !important; border-color: $colour #3c3c43 #3c3c43 !important; }
  .soft, dt { color: #b8b8c0 !important; }
  .fact { border-color: #3c3c43 !important; }
  .plain { color: #a9c1ff !important; }
  .button { border-color: #a9c1ff !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:16px 8px;background-color:#f1f1f4;color:#1a1a1c;$font">
<main class="sheet" style="max-width:560px;margin:0 auto;padding:24px 20px;background-color:#ffffff;\
border:1px solid #d8d8db;border-top:4px solid $colour;border-radius:8px">
<p $soft>$authority</p>
<h1 style="margin:0 0 20px;font-size:22px;line-height:1.5">$subject</h1>
$parts
</main>
<footer style="max-width:560px;margin:0 auto;padding:16px 20px">
$footer
</footer>
</body>
</html>
""")
_FONT = "font-family:'Hiragino Sans','Noto Sans JP','Yu Gothic',Meiryo,sans-serif;font-size:16px;line-height:1.75"


def page(notice: Notice, sender: Sender) -> str:
    """The page. Whatever is said stands in it as text, never as markup."""
    spoken = notice.language
    colour = sender.colour if _COLOUR.fullmatch(sender.colour) else USUAL_COLOUR
    lines = footer(sender, spoken)[1:]  # the name stands at the top
    return _PAGE.substitute(
        html_language=tag_of(spoken),
        subject=escape(notice.subject),
        font=_FONT,
        colour=colour,
        soft=_SOFT,
        authority=escape(sender.name(spoken)),
        parts="\n".join(piece for part in notice.parts for piece in _drawn(part, spoken, colour)),
        footer="\n".join(f"<p {_SOFT}>{escape(line)}</p>" for line in lines),
    )


def _drawn(part: Part, language: str, colour: str) -> Iterator[str]:
    if part.url:
        yield from _link(escape(part.url), language, colour)
    elif part.rows:
        rows = "\n".join(_fact(label, value) for label, value in part.rows)
        yield f'<dl style="margin:0 0 20px">\n{rows}\n</dl>'
    else:
        lines = "<br>\n".join(escape(line) for line in part.text.split("\n"))
        yield f'<p style="margin:0 0 20px">{lines}</p>'


def _fact(label: str, value: str) -> str:
    return (
        '<div class="fact" style="padding:8px 0;border-bottom:1px solid #d8d8db">'
        f'<dt style="font-size:14px;color:#55555d">{escape(label)}</dt>'
        f'<dd style="margin:0;font-weight:bold">{escape(value)}</dd></div>'
    )


def _link(url: str, language: str, colour: str) -> Iterator[str]:
    """A button, and the address to be read, copied or typed where buttons cannot be pressed."""
    style = (
        f"display:inline-block;padding:12px 24px;background-color:{colour};color:#ffffff;font-weight:bold;"
        f"text-decoration:none;border:1px solid {colour};border-radius:8px"
    )
    words = escape(say("mail.open_page", language))
    yield f'<p style="margin:0 0 16px"><a class="button" href="{url}" style="{style}">{words}</a></p>'
    yield (
        f"<p {_SOFT}>{escape(say('mail.open_by_hand', language))}<br>"
        f'<a class="plain" href="{url}" style="color:{colour};word-break:break-all">{url}</a></p>'
    )
