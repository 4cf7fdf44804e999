"""What a phone loads for one form page: bytes over the wire on the first visit and after."""

import re
from dataclasses import dataclass

from tests.benchmarks.resident import Page, Resident

LINKED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="(/[^"]+)"')
HEADERS = 600  # bytes of headers a response is taken to have


@dataclass(frozen=True)
class Weight:
    """Kilobytes (1,000 bytes) over the wire, compressed where the server compresses."""

    first: float
    after: float
    files: tuple[str, ...]


def of_page(page: Page, resident: Resident) -> Weight:
    """Loads the page again as a browser does, with everything it links to."""
    files = sorted(set(LINKED.findall(page.text)))
    html = _bytes(resident, page.address)
    linked = sum(_bytes(resident, address) + HEADERS for address in files)
    return Weight((html + HEADERS + linked) / 1000, (html + HEADERS) / 1000, tuple(files))


def _bytes(resident: Resident, address: str) -> int:
    compressed = Resident(resident.send, {"Accept-Encoding": "gzip"}, dict(resident.cookies)).get(address)
    return compressed.weight
