"""What `tetsuzuki check` found before, kept by content: nothing that has not changed is compiled again."""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.outcomes import Outcome
from engine.problems import Problem, Spot

FORM = 1
MOST = 20_000
"""So many specs are kept; those that have not been asked for longest go first."""


class Kept:
    """Outcomes by key, in one JSON file. Who cannot read it or write it compiles as if there were none."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._entries = _read(file)
        self._fresh: dict[str, Any] = {}

    def find(self, key: str) -> Outcome | None:
        """What was found for this key."""
        entry = self._entries.get(key)
        try:
            found = None if entry is None else _outcome(entry)
        except (TypeError, ValueError, LookupError, AttributeError):  # not as we write it
            return None
        if found is not None:
            self._fresh[key] = entry
        return found

    def keep(self, key: str, outcome: Outcome) -> None:
        """Note what was found."""
        self._fresh[key] = _entry(outcome)

    def save(self) -> None:
        """Write what this run asked for last, replacing the file as a whole: two runs at once lose only a saving."""
        if self._fresh.keys() <= self._entries.keys():
            return
        rest = {key: entry for key, entry in self._entries.items() if key not in self._fresh}
        entries = dict(list({**rest, **self._fresh}.items())[-MOST:])
        with suppress(OSError):
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.file.parent, prefix=".check-")
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                json.dump({"form": FORM, "entries": entries}, written, ensure_ascii=False, separators=(",", ":"))
            Path(name).replace(self.file)


def usual_place() -> Path:
    """In the user's cache folder (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tetsuzuki" / "check.json"


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    entries = found.get("entries") if isinstance(found, dict) and found.get("form") == FORM else None
    return entries if isinstance(entries, dict) else {}


def _entry(outcome: Outcome) -> list[Any]:
    return [
        outcome.identity,
        [outcome.place.line, outcome.place.col],
        outcome.digest,
        [
            [one.code, one.file, one.line, one.col, one.path, dict(one.message), dict(one.fix), one.severity]
            for one in outcome.problems
        ],
    ]


def _outcome(entry: list[Any]) -> Outcome:
    identity, (line, col), digest, problems = entry
    return Outcome(
        None if identity is None else (str(identity[0]), str(identity[1])),
        Spot(int(line), int(col)),
        str(digest),
        tuple(_problems(problems)),
    )


def _problems(entries: list[Any]) -> Iterator[Problem]:
    for code, file, line, col, path, message, fix, severity in entries:
        yield Problem(code, file, int(line), int(col), path, _words(message), _words(fix), severity)


def _words(wordings: Mapping[str, Any]) -> dict[str, str]:
    return {str(language): str(words) for language, words in wordings.items()}
