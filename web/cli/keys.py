"""What an outcome of `tetsuzuki check` depends on, as one key: change any of it, and the file is checked anew."""

import hashlib
import platform
from collections.abc import Iterable
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from web.cli.files import concepts_for, tariffs_for

LIBRARIES = ("PyYAML", "google-re2", "jsonschema", "email-validator", "holidays", "jaconv")
COMPILING = ("specs.py", "files.py", "keys.py", "kept.py")
"""The modules beside this one that bring file and engine together."""


class Keys:
    """Keys for one run: what many files share is read once."""

    def __init__(self) -> None:
        self._shared: dict[Path, str] = {}

    def of(self, path: Path) -> str:
        """The file's name and content, the concepts and tariffs at hand, and the engine itself."""
        folder = path.resolve().parent
        if folder not in self._shared:
            self._shared[folder] = _shared(path)
        own = _digest([(str(path), path.read_bytes())])
        return _digest([(name, b"") for name in (self._engine, self._shared[folder], str(folder), own)])

    @cached_property
    def _engine(self) -> str:
        """The source of the engine and of what compiles files, the versions of Python and of the libraries."""
        versions = [("python", platform.python_version()), *((name, _version(name)) for name in LIBRARIES)]
        places = [Path(__file__).with_name(name) for name in COMPILING]
        engine = find_spec("engine")
        for folder in (engine.submodule_search_locations if engine else None) or ():
            places += [file for file in sorted(Path(folder).rglob("*")) if file.suffix in {".py", ".yaml"}]
        parts = [*((name, of.encode()) for name, of in versions), *((str(one), one.read_bytes()) for one in places)]
        return _digest(parts)


def _shared(path: Path) -> str:
    """The concepts and tariffs of a spec, by the names under which problems tell of them."""
    place = concepts_for(path)
    return _digest({str(place): place.read_bytes() if place else b"", **tariffs_for(path)}.items())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    whole = hashlib.sha256()
    for name, content in parts:
        whole.update(f"{len(name)} {len(content)} {name}".encode() + content)
    return whole.hexdigest()
