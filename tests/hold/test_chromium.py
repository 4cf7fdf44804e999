"""Every kind of page in Chromium: axe finds nothing, in the light, in the dark and with errors; nothing is too wide."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium, phone
from tests.browser.look import faults
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


def look_at_all(world: World, page: Page, address: str, look: object, pages: list[Snapshot] | None = None) -> list[str]:
    """What `look` finds on each page."""
    found = []
    everything = list(world.album.pages.values()) if EVERYTHING else list(world.album.one_of_each_rule())
    for snapshot in pages or everything:
        page.goto(address + snapshot.name)
        assert page.evaluate(STYLED), f"{snapshot} has no style"
        found += [f"{snapshot}: {fault}" for fault in look(page)]
    return found


def test_axe_finds_nothing(world: World, browser: Browser, address: str) -> None:
    page = phone(browser, address).new_page()
    found = look_at_all(world, page, address, faults)
    assert not found, "\n".join(found[:30])


def test_axe_finds_nothing_in_the_dark(world: World, browser: Browser, address: str) -> None:
    page = phone(browser, address).new_page()
    page.emulate_media(color_scheme="dark")
    found = look_at_all(world, page, address, faults, list(world.album.one_of_each_rule()))
    assert not found, "\n".join(found[:30])


def test_nothing_is_wider_than_the_narrowest_screen(world: World, browser: Browser, address: str) -> None:
    page = phone(browser, address).new_page()
    page.set_viewport_size(NARROW)
    found = look_at_all(world, page, address, lambda page: [f"{wider} px"] if (wider := page.evaluate(WIDER)) else [])
    assert not found, "\n".join(found[:30])


def test_text_of_twice_the_size_fits(world: World, browser: Browser, address: str) -> None:
    page = phone(browser, address).new_page()

    def wider(page: Page) -> list[str]:
        page.evaluate(LARGE)
        width = page.evaluate(WIDER)
        return [f"{width} px"] if width else []

    found = look_at_all(world, page, address, wider)
    assert not found, "\n".join(found[:30])


@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_keyboard_is_seen_wherever_it_is(world: World, browser: Browser, address: str, forced: str) -> None:
    page = phone(browser, address).new_page()
    page.emulate_media(forced_colors=forced)

    def unseen(page: Page) -> list[str]:
        page.keyboard.press("Tab")
        return page.evaluate(INVISIBLE)

    found = look_at_all(world, page, address, unseen, list(world.album.one_of_each_rule()))
    assert not found, "\n".join(found[:30])
