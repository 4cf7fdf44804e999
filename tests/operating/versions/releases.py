"""Earlier releases out of the history of this checkout."""

import re
import subprocess
from pathlib import Path

from tests.operating.installation import ROOT

_NUMBERED = re.compile(r"migrations/versions/(\d{4})_\w+\.py")


class NoHistory(Exception):
    """The checkout does not hold what was asked for."""


def head_of(commit: str) -> str | None:
    """The newest revision of a commit; None where its migrations were being numbered, and so nothing was a release."""
    listed = _git("ls-tree", "--name-only", commit, "migrations/versions/").split()
    numbers = sorted(found[1] for name in listed if (found := _NUMBERED.fullmatch(name)))
    counted = [f"{number:04}" for number in range(1, len(numbers) + 1)]
    return numbers[-1] if numbers and numbers == counted else None


def last_with(revision: str) -> str:
    """The last commit whose newest revision is this. Raises `NoHistory`."""
    for commit in _git("rev-list", "--first-parent", "HEAD").split():
        if head_of(commit) == revision:
            return commit
    raise NoHistory(
        f"No commit of this checkout has {revision} as its newest migration. A shallow clone lacks the history: "
        "git fetch --unshallow, or name a commit that is there with --from."
    )


def named(commit: str) -> str:
    """The full name of a commit. Raises `NoHistory`."""
    return _git("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").strip()


def unpack(commit: str, folder: Path) -> Path:
    """The code of a commit, in a folder that is made for it."""
    folder.mkdir(parents=True)
    packed = folder.with_suffix(".tar")
    _git("archive", "--format=tar", f"--output={packed}", commit)
    subprocess.run(["tar", "-xf", str(packed), "-C", str(folder)], check=True)
    packed.unlink()
    return folder


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise NoHistory("Earlier releases come out of git, and there is none here.") from None
    if done.returncode:
        raise NoHistory(f"git {' '.join(words[:2])} … found nothing: {done.stderr.strip() or 'no such commit here'}")
    return done.stdout
