"""A line of a summary: what was asked, and what was said."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Row:
    """One question, answered or not (`lines` empty). `wanted`: it must be answered; `href`: where to change it."""

    title: str
    title_lang: str = ""
    lines: tuple[str, ...] = ()
    lines_lang: str = ""
    wanted: bool = False
    href: str = ""
