"""Copies of the tree, in memory where there is room, in which something may be wrong for as long as a test runs."""

import os
import py_compile
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import copy2, copytree, rmtree
from tempfile import mkdtemp

from tests.databases import in_memory
from tests.house.tree import ROOT

BESIDE = "shared"
"""What lies beside the checkout, which some tests read."""


def files(root: Path = ROOT) -> list[str]:
    """What git tracks or would track: what a commit of everything here would hold."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    )
    return sorted({path for path in listing.stdout.split("\0") if path and (root / path).is_file()})


@contextmanager
def copies(count: int) -> Iterator[list[Path]]:
    """So many copies of the tree, compiled; they are removed at the end."""
    above = Path(mkdtemp(prefix="tetsuzuki-altered-", dir=in_memory()))
    try:
        found = [above / str(number) / "tree" for number in range(count)]
        _copy(found[0])
        for tree in found[1:]:
            copytree(found[0].parent, tree.parent, symlinks=True)
        yield found
    finally:
        rmtree(above, ignore_errors=True)


def _copy(tree: Path) -> None:
    for path in files():
        target = tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        copy2(ROOT / path, target)
        if target.suffix == ".py":
            py_compile.compile(str(target), doraise=False, quiet=1)
    beside = ROOT.parent / BESIDE
    if beside.is_dir():
        (tree.parent / BESIDE).symlink_to(beside)


@contextmanager
def altered(tree: Path, changes: Mapping[str, str]) -> Iterator[None]:
    """These files of the tree hold these texts while the block lasts.

    What is written now is newer than what was compiled; what is put back has its old moment again.
    """
    before = {path: ((tree / path).read_bytes(), (tree / path).stat()) for path in changes}
    try:
        for path, text in changes.items():
            (tree / path).write_text(text, encoding="utf-8")
        yield
    finally:
        for path, (content, about) in before.items():
            (tree / path).write_bytes(content)
            os.utime(tree / path, ns=(about.st_atime_ns, about.st_mtime_ns))
