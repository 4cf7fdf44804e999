"""The tariffs that procedures share: amounts by date with their legal basis, each in a file of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from engine.compiling.series import yen
from engine.language.kinds import WRONG, Part
from engine.language.procedure.money import TARIFF
from engine.model import Text
from engine.model.prices import Series
from engine.problems import Problem, Report
from engine.source import MappingNode, read

FOLDER = "tariffs"
"""Every file in a folder of this name is a tariff; its name without ending is what procedures refer to."""


@dataclass(frozen=True, slots=True)
class TariffRate:
    """One rate: `series` by date, its law, what is counted, and as plain values what the digest covers."""

    series: Series
    title: Text
    law: str
    unit: Text | None
    plain: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tariffs:
    """The rates by `file.rate`."""

    rates: Mapping[str, TariffRate]

    @classmethod
    def empty(cls) -> "Tariffs":
        """No tariffs at all."""
        return cls(MappingProxyType({}))


def is_tariff(file: str) -> bool:
    """Whether a file, by its path with `/`, holds a tariff."""
    return PurePosixPath(file).parent.name == FOLDER


def load_tariffs(files: Mapping[str, str | bytes]) -> tuple[Tariffs, tuple[Problem, ...]]:
    """Read tariffs by file name. What is wrong is reported and left out."""
    rates: dict[str, TariffRate] = {}
    problems: list[Problem] = []
    for file, source in sorted(files.items()):
        report = Report(file)
        root = read(source, report)
        part = WRONG if root is None else TARIFF.read(root, "", report)
        if part is not WRONG:
            rates |= {f"{PurePosixPath(file).stem}.{name}": rate for name, rate in _rates(part, report).items()}
        problems.extend(report.problems)
    return Tariffs(rates), tuple(problems)


def _rates(part: Part, report: Report) -> dict[str, TariffRate]:
    found = {}
    for name, rate in part.get("rates", {}).items():
        series = yen(rate, "yen", report)
        law = rate.get("law") or part.get("law")
        if series and law and "title" in rate.values:
            plain = {"law": part.get("law"), "rate": rate.node.plain()}
            found[name] = TariffRate(series, rate.get("title"), law, rate.get("unit"), plain)
    return found


def tariffs_in(plain: Any) -> frozenset[str]:
    """The names of the rates that the fees of a procedure, as plain values, refer to."""
    found: set[str] = set()
    waiting = [plain]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
            if isinstance(value.get("tariff"), str):
                found.add(value["tariff"])
    return frozenset(found)


def used_files(root: MappingNode | None, files: Mapping[str, str]) -> dict[str, str]:
    """Of the sources of tariffs by file name, those that a procedure refers to."""
    fees = root.get("fees") if root is not None else None
    stems = {name.partition(".")[0] for name in tariffs_in(fees.plain() if fees is not None else None)}
    return {file: source for file, source in files.items() if PurePosixPath(file).stem in stems}
