"""A headless Chromium that draws Japanese, as a phone of 390 × 844 set to Japanese."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

PHONE = {"width": 390, "height": 844}
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there. The shell is Chromium without what surrounds a page, at two thirds of the work."""

PATIENCE = 15_000
"""Milliseconds that a page is waited for, and what shall stand on it."""

# Of each window Chromium draws a drop-down of its address bar, twice, each a page with a process: half of what a phone
# costs. The others are what Playwright switches off; of two lists Chromium reads the last.
SWITCHED_OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
    *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    f"--disable-features={','.join(SWITCHED_OFF)}",
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none"),
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>/usr/share/fonts</dir>
<dir>{fonts}</dir>
<cachedir>{cache}</cachedir>
<alias><family>sans-serif</family><prefer><family>IPAexGothic</family></prefer></alias>
<alias><family>system-ui</family><prefer><family>IPAexGothic</family></prefer></alias>
</fontconfig>
"""


def japanese_font() -> Path:
    """The folder of IPAexGothic, which a locked package carries; the package itself is not imported."""
    found = find_spec("matplotlib_fontja")
    if found is None or found.origin is None:
        raise RuntimeError("matplotlib-fontja is not installed: run `make test`, which sets up the environment")
    return Path(found.origin).parent / "fonts"


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """The browser; `folder` takes its font settings. Raises RuntimeError where Chromium is not installed."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise RuntimeError(
            "Chromium is not installed. As root, `make test` installs it; else: apt-get install chromium"
        )
    settings = folder / "fonts.conf"
    settings.write_text(FONTS.format(fonts=japanese_font(), cache=folder / "fonts"), encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(settings)}
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), env=environment)
        try:
            yield browser
        finally:
            browser.close()


def phone(browser: Browser, base_url: str, *, scripts: bool = True, scale: float = 1) -> BrowserContext:
    """A new phone without cookies. `scripts=False` switches JavaScript off; `scale` is pixels a point, for pictures."""
    context = browser.new_context(
        base_url=base_url,
        viewport=PHONE,
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        java_script_enabled=scripts,
        device_scale_factor=scale,
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    return context


def desk(browser: Browser, base_url: str) -> BrowserContext:
    """A new screen of an office, 1280 × 800, set to Japanese."""
    context = browser.new_context(
        base_url=base_url, viewport={"width": 1280, "height": 800}, locale="ja-JP", timezone_id="Asia/Tokyo"
    )
    context.set_default_timeout(PATIENCE)
    return context
