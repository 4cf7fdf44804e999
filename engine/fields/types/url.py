"""The address of a web page."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, first
from engine.fields.keyboards import plain

if TYPE_CHECKING:
    from engine.model.fields import Field

MOST = 2000  # what browsers and mail programs surely carry
PATTERN = r"^https?://[^\s/?#@]+([/?#]\S*)?$"
PARTS = re.compile(r"https?://(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)(?::(?P<port>[0-9]{1,5}))?(?:[/?#]\S*)?")
NAKED = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}(?:[:/?#]\S*)?")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(ord("！"), ord("～") + 1)}
LAST_PORT = 65_535
FINAL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress(OneInput):
    """http or https with a host that can exist (RFC 3986, RFC 3987); whether a page is there is not asked."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A text that begins with http:// or https://; Japanese letters may stand in it."""
        return {"maxLength": MOST, **schema, "type": "string", "format": "iri", "pattern": PATTERN}

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The address without spaces around it; typed in full width it is made plain, without https:// it gets that."""
        text = first(raw).strip()
        start = plain(text[:8].translate(FULL_WIDTH)).lower()
        if start.startswith(("http:", "https:", "www.")) and not text[:4].isascii():
            text = plain(text.translate(FULL_WIDTH))
        if NAKED.fullmatch(text):
            text = f"https://{text}"
        scheme, separator, rest = text.partition("://")
        return f"{scheme.lower()}{separator}{rest}" or MISSING

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """The host and the port can exist."""
        found = PARTS.fullmatch(answer)
        if found is None or not _can_be_host(found["host"]) or int(found["port"] or 0) > LAST_PORT:
            yield FieldProblem("errors.url", keyword="pattern")


def _can_be_host(host: str) -> bool:
    """A domain name of two labels or more (RFC 1035, IDNA), or an address in numbers."""
    try:
        if host.startswith("["):
            return bool(ipaddress.IPv6Address(host[1:-1]))
        if re.fullmatch(r"[0-9.]+", host):
            return bool(ipaddress.IPv4Address(host))
        labels = host.rstrip(".").encode("idna").decode("ascii").lower().split(".")
    except ValueError:  # also UnicodeError
        return False
    fine = all(re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", label) for label in labels)
    return fine and len(labels) > 1 and FINAL.fullmatch(labels[-1]) is not None and len(host) <= 253  # noqa: PLR2004


TYPE = WebAddress(
    name="url",
    control="text",
    doc={"ja": "ホームページのアドレス（http、https）", "en": "The address of a web page (http, https)"},
    messages={"type": "errors.url", "pattern": "errors.url"},
    line=True,
    rule={
        "ja": "ホスト名とポート番号が、あり得るものであること",
        "en": "A host and a port that can exist",
    },
)
