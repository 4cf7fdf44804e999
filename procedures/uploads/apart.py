"""Reads a stranger's file in a process of its own, with little memory and time: a bomb bursts there, not here."""

import json
import os
import subprocess
import sys

from procedures.errors import FileRefused
from procedures.uploads.cleaned import Cleaned

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space: a photo of 50 million pixels takes a third of it."""
SECONDS = 20
"""Of computing; most files take a tenth of one."""

ENDED = "uploads.too_heavy"


def clean_apart(kind: str, content: bytes, max_pages: int) -> Cleaned:
    """Clean a file of `kind` (`pdf`, `heic`) in another process. Raises `FileRefused`."""
    command = [sys.executable, "-m", "procedures.uploads.apart", kind, str(max_pages)]
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.environ.get("PATH", "")}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=2 * SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(ENDED) from None
    if done.returncode:
        raise FileRefused(ENDED)
    told, _, kept = done.stdout.partition(b"\n")
    facts = json.loads(told)
    if "refused" in facts:
        raise FileRefused(facts["refused"], **facts["params"])
    return Cleaned(kept if facts["changed"] else content, facts["media_type"], facts["pages"], tuple(facts["removed"]))


def main(kind: str, max_pages: str) -> None:
    """In the other process: the file comes on standard input; facts as a line of JSON and new bytes go out."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        kept = _clean(kind, content, int(max_pages))
    except FileRefused as refusal:
        facts, changed = {"refused": refusal.key, "params": refusal.params}, b""
    else:
        changed = b"" if kept.content is content else kept.content
        facts = {
            "media_type": kept.media_type,
            "pages": kept.pages,
            "removed": kept.removed,
            "changed": bool(changed),
        }
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + changed)


def _clean(kind: str, content: bytes, max_pages: int) -> Cleaned:
    if kind == "pdf":
        from procedures.uploads.pdfs import clean

        return clean(content, max_pages)
    from procedures.uploads.images import from_heic

    return from_heic(content)


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*sys.argv[1:])
