"""Every kind of page in Chromium: axe finds nothing, in the light, in the dark and with errors; nothing is too wide."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium, phone
from tests.browser.look import faint, faults
from tests.hold.showing import shown
from tests.hold.snapshots import Snapshot
from tests.hold.world import EVERYTHING, World

NARROW = {"width": 320, "height": 568}
LARGE = "document.documentElement.style.fontSize = '200%'"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STYLED = "[...document.styleSheets].some((sheet) => sheet.cssRules.length > 20)"
# What a keyboard comes to, and whether one sees that it is there.
INVISIBLE = """() => {
  const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const reachable = (one) => one.type !== "hidden" && !one.disabled && one.tabIndex >= 0
    && one.checkVisibility({visibilityProperty: true});
  const marked = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== "none";
  const unseen = (one) => {
    one.focus();
    if (document.activeElement !== one) return false;
    return ![one, ...(one.labels ?? [])].some((part) => marked(getComputedStyle(part)));
  };
  return [...document.querySelectorAll(stops)].filter(reachable).filter(unseen)
    .map((one) => one.outerHTML.slice(0, 120));
}"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium."""
    with chromium(tmp_path_factory.mktemp("hold-chromium")) as running:
        yield running


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    """Where the kept pages are shown."""
    with shown(world) as found:
        yield found


@dataclass
class Looked:
    """What was wrong with each page, by what was looked for."""

    at: Counter[str] = field(default_factory=Counter)
    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, looking_for: str, page: Snapshot, faults: Iterable[str]) -> None:
        """What one look at one page found."""
        self.at[looking_for] += 1
        self.found[looking_for] += [f"{page}: {fault}" for fault in faults]


def wider(page: Page) -> list[str]:
    """By how much it is wider than the screen."""
    width = page.evaluate(WIDER)
    return [f"{width} px"] if width else []


def unseen(page: Page, forced: str) -> list[str]:
    """What has the keyboard and does not show it."""
    page.emulate_media(color_scheme="light", forced_colors=forced)
    page.keyboard.press("Tab")
    return page.evaluate(INVISIBLE)


@pytest.fixture(scope="module")
def looked(world: World, browser: Browser, address: str) -> Looked:
    """The largest page of each rule opened once; dark and by keyboard, those that together have every kind of element.

    `make hold`: every page, dark and by keyboard the largest of each rule.
    """
    page, looked = phone(browser, address).new_page(), Looked()
    page.emulate_media(reduced_motion="reduce")  # colours change at once
    pages, each = set(world.album.one_of_each_rule()), set(world.album.of_each_kind())
    if EVERYTHING:
        pages, each = set(world.album.pages.values()), pages
    for snapshot in sorted(pages | each, key=lambda one: one.name):
        page.emulate_media(color_scheme="light", forced_colors="none")
        page.goto(address + snapshot.name)
        looked.note("style", snapshot, [] if page.evaluate(STYLED) else ["it has no style"])
        looked.note("light", snapshot, faults(page))
        if snapshot in each:
            page.emulate_media(color_scheme="dark")
            looked.note("dark", snapshot, faint(page))
            for forced in ("none", "active"):
                looked.note(f"keyboard, forced colours {forced}", snapshot, unseen(page, forced))
            page.emulate_media(forced_colors="none")
        usual = page.viewport_size
        page.set_viewport_size(NARROW)
        looked.note("narrow", snapshot, wider(page))
        page.set_viewport_size(usual)
        page.evaluate(LARGE)
        looked.note("large", snapshot, wider(page))
    return looked


@pytest.mark.parametrize(
    "looking_for",
    ["style", "light", "dark", "narrow", "large", "keyboard, forced colours none", "keyboard, forced colours active"],
)
def test_nothing_is_wrong(looked: Looked, looking_for: str) -> None:
    assert looked.at[looking_for] > 10
    assert not looked.found[looking_for], "\n".join(looked.found[looking_for][:30])
