"""Every kind of element in WebKitGTK, the engine of iPhones; with `make hold` the largest page of each kind."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from shutil import which
from typing import TYPE_CHECKING

import pytest

from tests.browser.look import FACTS, RULES, axe
from tests.hold.showing import shown
from tests.hold.world import EVERYTHING, World

if TYPE_CHECKING:
    from selenium.webdriver import WebKitGTK

# What Selenium itself still does with its own interface.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")

PROGRAMS = ("WebKitWebDriver", "Xvfb")
BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
PHONE = (390, 844)
RUN = """const [rules, done] = arguments;
axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]}).then((found) =>
  done(found.violations.map((one) => one.id + ": " + one.nodes[0].html.slice(0, 200))));"""


@contextmanager
def screen() -> Iterator[str]:
    """An X server that shows nothing to anybody; yields its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def webkit() -> Iterator["WebKitGTK"]:
    """WebKitGTK's own little browser, driven."""
    if not all(which(program) for program in PROGRAMS) or not glob(BROWSERS):  # noqa: PTH207 - a pattern of folders
        pytest.skip("needs WebKitGTK's driver and Xvfb: run `make test` as root, which installs them")
    from selenium import webdriver
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service

    options = Options()
    options.binary_location = glob(BROWSERS)[0]  # noqa: PTH207
    options.add_argument("--automation")
    with screen() as display:
        # its own sandbox needs more than a container gives
        environment = {**os.environ, "DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        driver = webdriver.WebKitGTK(options=options, service=Service(which(PROGRAMS[0]), env=environment))
        driver.set_window_size(*PHONE)
        driver.set_script_timeout(60)
        yield driver
        driver.quit()


def test_axe_finds_nothing(world: World, webkit: "WebKitGTK") -> None:
    found = []
    with shown(world) as address:
        for snapshot in world.album.one_of_each_rule() if EVERYTHING else world.album.of_each_kind():
            webkit.get(address + snapshot.name)
            webkit.execute_script(axe())
            facts = webkit.execute_script(f"return ({FACTS})()")
            found += [f"{snapshot}: {line}" for line in webkit.execute_async_script(RUN, RULES)]
            found += [f"{snapshot}: {facts['wider']} px too wide"] if facts["wider"] > 0 else []
            found += (
                [f"{snapshot}: no style"] if not webkit.execute_script("return document.styleSheets.length") else []
            )
    assert not found, "\n".join(found[:30])
