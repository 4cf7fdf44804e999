"""A certificate's contents set as a tagged PDF (PDF/UA-1) by Typst."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import files
from pathlib import Path

FONTS = {"matplotlib_fontja": "ipaexg.ttf", "cvttf-notosanscjk-regular": "NotoSansCJKtc-Regular.otf"}
"""Wheels that carry fonts: IPAexGothic, and Noto Sans CJK for the name characters that it lacks (𠮷)."""

_TEMPLATE = re.compile(r"[a-z0-9][a-z0-9-]*")


class NoTemplate(Exception):
    """The procedure names a template that is not there."""


class NoFont(Exception):
    """A package that carries a font is not installed."""


class Undrawable(Exception):
    """The paper cannot be set: most often a character that no font has. The message does not repeat it."""


@cache
def font_folders() -> tuple[str, ...]:
    """Where the fonts lie: in wheels, which are read but never imported."""
    return tuple(_folder(package, name) for package, name in FONTS.items())


def _folder(package: str, name: str) -> str:
    for file in files(package) or ():
        if file.name == name and file.parent.name and ".." not in file.parts:
            return str(Path(str(file.locate())).parent)
    raise NoFont(f"install {package}: it carries {name}")


def typeset(templates: Path, template: str, contents: Mapping[str, object]) -> bytes:
    """The PDF. `contents` reach the template as `sys.inputs.data`. Raises `NoTemplate`, `Undrawable`.

    PDF/UA forbids a character without a glyph, so a paper with an empty box for somebody's name never comes out.
    """
    import typst

    source = templates / f"{template}.typ"
    if not _TEMPLATE.fullmatch(template) or not source.is_file():
        raise NoTemplate(template)
    try:
        pdf = typst.compile(
            str(source),
            root=str(templates),
            font_paths=list(font_folders()),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(contents, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        raise Undrawable(template) from None
    return bytes(pdf)
