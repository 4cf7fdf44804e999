"""A certificate's contents set as a tagged PDF (PDF/UA-1) by Typst."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from procedures.papers.characters import undrawable_in
from procedures.papers.fonts import of

_TEMPLATE = re.compile(r"[a-z0-9][a-z0-9-]*")


class NoTemplate(Exception):
    """The procedure names a template that is not there."""


class Undrawable(Exception):
    """The paper cannot be set: most often characters that no font draws. The message does not repeat them."""

    def __init__(self, template: str, characters: tuple[str, ...] = ()) -> None:
        self.characters = characters
        super().__init__(template)


def typeset(templates: Path, template: str, contents: Mapping[str, object]) -> bytes:
    """The PDF. `contents` reach the template as `sys.inputs.data`. Raises `NoTemplate`, `Undrawable`.

    A paper with an empty box for somebody's name never comes out: every character is looked for in the fonts before,
    and PDF/UA forbids one without a glyph.
    """
    import typst

    source = templates / f"{template}.typ"
    if not _TEMPLATE.fullmatch(template) or not source.is_file():
        raise NoTemplate(template)
    if lacking := undrawable_in(contents, templates):
        raise Undrawable(template, lacking)
    try:
        pdf = typst.compile(
            str(source),
            root=str(templates),
            font_paths=[str(font.parent) for font in of(templates)],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(contents, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        raise Undrawable(template) from None
    return bytes(pdf)
