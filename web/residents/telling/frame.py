"""The frame of pages: drawn once for each language, kind of person and place, then kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import request
from markupsafe import Markup, escape

from web.context import language, visit
from web.security.csrf import csrf_token

if TYPE_CHECKING:
    from types import SimpleNamespace

# Stand in the kept HTML for what differs with every request; no wording and no address contains them.
TOKEN, THEN, FIRM = "{token}", "{then}", "{firm}"


class Frame:
    """What base.html calls. `macros` are those of components/frame.html."""

    def __init__(self, macros: "SimpleNamespace") -> None:
        self._macros = macros
        self._kept: dict[tuple[object, ...], Markup] = {}

    def links(self) -> Markup:
        """Style sheet, icon, script."""
        return self._once(("links",), self._macros.head_links)

    def bottom(self) -> Markup:
        """The footer."""
        return self._once(("bottom", language()), self._macros.bottom)

    def top(self, kind: str, here: str, quiet: bool) -> Markup:  # noqa: FBT001 - called from a template
        """The header of residents' pages, with this request's token and address."""
        signed_in = visit().signed_in if kind == "resident" else None
        firm = signed_in.business if signed_in else None
        acting = "" if firm is None or signed_in is None else "business" if signed_in.as_business else "self"
        key = ("top", language(), kind, here, quiet, acting)
        drawn = self._once(key, lambda: self._macros.top(kind == "resident", here, quiet, TOKEN, THEN, acting, FIRM))
        whole = str(drawn).replace(TOKEN, csrf_token()).replace(THEN, escape(self.here()))
        return Markup(whole.replace(FIRM, escape(firm.name or firm.number)) if firm else whole)  # noqa: S704 - ours

    @staticmethod
    def here() -> str:
        """The address of this page, to come back to after choosing a language."""
        return request.full_path if request.query_string else request.path

    def _once(self, key: tuple[object, ...], draw: Callable[[], Markup]) -> Markup:
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = draw()
        return kept
