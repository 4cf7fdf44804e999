"""The HTML of every kind of page, as the checker of the W3C reads it."""

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest

from tests.hold.world import World

CHECKER = Path(__file__).parents[1] / "node/node_modules/vnu-jar/build/dist/vnu.jar"
# For one short run: what compiles and collects at once takes half of what the best of it would.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Not mistakes: what the standard says of them, and why they stay.
KNOWN = (
    "The “date” input type is not supported in all browsers",
    "The “inputmode” attribute is not supported in all browsers",
)


@pytest.mark.skipif(not CHECKER.exists() or which("java") is None, reason="needs Java and vnu-jar: run `make test`")
def test_every_page_is_valid_html(world: World) -> None:
    command = [*JAVA, "-Xss2m", "-jar", str(CHECKER), "--format", "json", "--stdout", str(world.album.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stdout)["messages"]
    pages = {page.name: page for page in world.album.pages.values()}
    found: dict[str, str] = {}
    for message in messages:
        words = message["message"]
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        if not words.startswith(KNOWN):
            page = pages[message["url"].rpartition("/")[2]]
            found.setdefault(words, f"{words}\n    {page}\n    {message.get('extract', '').strip()[:200]}")
    assert not found, "\n".join(found.values())
