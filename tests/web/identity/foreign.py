"""An issuer of other people's making (npm oidc-provider), set up as an example of the documentation says."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from tests.house.tree import ROOT

NODE = ROOT / "tests" / "node"
DOCUMENT = ROOT / "docs" / "sign-in.md"
BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def example(issuer_id: str) -> dict[str, Any]:
    """The settings of an issuer as docs/sign-in.md shows them."""
    rows = [row for block in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8")) for row in yaml.safe_load(block)]
    return next(row for row in rows if row["id"] == issuer_id)


@dataclass(frozen=True)
class Wish:
    """How the issuer is to be: its client, which scope gives which claims, who signs in, `acr`, algorithms."""

    client: Mapping[str, Any]
    claims: Mapping[str, list[str]]
    account: Mapping[str, Any]
    algorithms: tuple[str, ...]
    acr: str | None = None
    inIdToken: bool = False  # noqa: N815 - as the program reads it


@contextmanager
def foreign_issuer(wish: Wish) -> Iterator[str]:
    """Run it on a free port; its address. Skips where there is no node, or its packages were not installed."""
    node = shutil.which("node")
    if node is None or not (NODE / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("needs node and `npm ci` in tests/node: oidc-provider is the issuer here")
    process = subprocess.Popen(
        [node, "issuer.mjs"],
        cwd=NODE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        process.stdin.write(json.dumps(vars(wish)))
        process.stdin.close()
        yield json.loads(process.stdout.readline())["address"]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
