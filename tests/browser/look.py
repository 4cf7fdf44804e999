"""What every page must hold, whoever opens it: axe-core finds nothing, and a few things axe does not look for."""

import os
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

EVERYTHING = bool(os.environ.get("HOLD_EVERYTHING"))
_SEEN: set[tuple[str, str]] = set()

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ([kind, values]) => {
  const found = await axe.run(document, {runOnly: {type: kind, values}, resultTypes: ["violations"]});
  return found.violations.map((one) =>
    one.id + ": " + one.help + " | " + one.nodes.map((node) => node.html.slice(0, 200)).join(" | "));
}"""
FACTS = """() => ({
  language: document.documentElement.lang,
  title: document.title,
  headings: document.querySelectorAll("h1").length,
  wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  ids: [...document.querySelectorAll("[id]")].map((one) => one.id)
    .filter((id, index, all) => all.indexOf(id) !== index),
  dead: [...document.querySelectorAll('a[href^="#"]')].map((one) => one.getAttribute("href"))
    .filter((href) => !document.getElementById(decodeURIComponent(href.slice(1)))),
  place: location.pathname.replace(/[a-z0-9]{26}|[0-9]+|[A-Z0-9]{4}-[A-Z0-9-]+/g, "*"),
  look: [innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, document.documentElement.lang].join(" "),
  kinds: [...new Set([...document.body.querySelectorAll("*")].map((one) => [one.localName, one.getAttribute("class"),
    one.getAttribute("role"), one.getAttribute("type"), one.getAttribute("aria-invalid"),
    ...one.getAttributeNames().filter((name) => name.startsWith("aria-"))].join(" ")))],
  missing: document.body.innerText.match(/\\b(?:None|undefined|KeyError|\\{[a-z_]+\\})\\b/)?.[0] ?? null,
})"""


@cache
def axe() -> str:
    """The source of axe-core, from the locked package that carries it."""
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        raise RuntimeError("axe-playwright-python is not installed: run `make test`, which sets up the environment")
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def axe_finds(page: Page, kind: str, values: list[str]) -> list[str]:
    """What axe finds by the rules that have these tags (`kind` tag) or these names (`kind` rule)."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(axe())
    return [f"axe {line}" for line in page.evaluate(RUN, [kind, values])]


def faint(page: Page) -> list[str]:
    """What can hardly be seen: all that another choice of colours can change about a page."""
    return axe_finds(page, "rule", ["color-contrast"])


def _new(facts: Mapping[str, Any]) -> bool:
    now = {(facts["look"], one) for one in (f"at {facts['place']}", *facts["kinds"])}
    before = len(_SEEN)
    _SEEN.update(now)
    return EVERYTHING or len(_SEEN) > before


def faults(page: Page) -> list[str]:
    """Everything wrong with the page as it stands, each with what it is about; empty when all is well.

    axe looks at a page of an address that it has not looked at in this look (width, colours, language), or with a kind
    of element that it has not seen in it: journeys come by the same pages again and again.
    """
    facts = page.evaluate(FACTS)
    found = axe_finds(page, "tag", RULES) if _new(facts) else []
    checks = {
        "the page must say its language": facts["language"] in {"ja", "en", "zh-Hans", "ko"},
        "the page needs a title": bool(facts["title"].strip()),
        f"one h1, not {facts['headings']}": facts["headings"] == 1,
        f"{facts['wider']} px wider than the screen": facts["wider"] <= 0,
        f"ids twice: {facts['ids']}": not facts["ids"],
        f"links to nothing: {facts['dead']}": not facts["dead"],
        f"a word of the machine: {facts['missing']}": not facts["missing"],
    }
    return found + [what for what, holds in checks.items() if not holds]
