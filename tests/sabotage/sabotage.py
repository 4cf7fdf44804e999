"""A sabotage: one line of the real code or schema made wrong, what that breaks, and the test that must notice."""

import importlib
import pkgutil
import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import ROOT
from tests.sabotage import plans


@dataclass(frozen=True)
class Sabotage:
    """In `file`, the only place that reads `old` reads `new` instead; then `test` fails. `breaks`: what it costs."""

    name: str
    breaks: str
    file: str
    old: str
    new: str
    test: str

    def text(self, root: Path = ROOT) -> str:
        """The file with the line made wrong. Raises `ValueError` where `old` stands in no place, or in several."""
        source = (root / self.file).read_text(encoding="utf-8")
        places = source.count(self.old)
        if places != 1:
            raise ValueError(f"{self.name}: {self.file} has {places} places that read {self.old!r}: name exactly one")
        return source.replace(self.old, self.new)

    def missing_test(self, root: Path = ROOT) -> str | None:
        """What is wrong with the name of the test; None where it is there."""
        path, _, function = self.test.partition("::")
        function = function.rpartition("::")[2].partition("[")[0]
        file = root / path
        if not file.is_file():
            return f"{self.name}: there is no {path}"
        if not re.search(rf"^ *def {re.escape(function)}\(", file.read_text(encoding="utf-8"), re.MULTILINE):
            return f"{self.name}: {path} has no {function}"
        return None


def every() -> list[Sabotage]:
    """Those of every file of `tests/sabotage/plans`, in order."""
    found: list[Sabotage] = []
    for module in sorted(pkgutil.iter_modules(plans.__path__), key=lambda module: module.name):
        found += importlib.import_module(f"{plans.__name__}.{module.name}").PLANS
    return found
