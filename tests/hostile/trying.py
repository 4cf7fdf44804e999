"""One input tried: what was seen of it, or how it broke what it was given to."""

import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.bounds import Hangs, bounds
from tests.hostile.target import Attack, Target
from tests.house.tree import ROOT


@dataclass(frozen=True)
class Broke:
    """What came out and where: two inputs that broke the same in the same way are alike in `way`."""

    way: str
    trace: str


def tried(target: Target, attack: Attack, source: bytes) -> frozenset[str] | Broke:
    """Attack with this, within the target's bounds."""
    try:
        with bounds(target.seconds, target.megabytes):
            return attack(source)
    except (Exception, Hangs) as error:  # noqa: BLE001 - any that comes out is what is looked for
        return Broke(_way(error), traceback.format_exc())


def _way(error: BaseException) -> str:
    """The kind of error, and the innermost line of ours outside of the tests."""
    frames = [(Path(frame.filename), frame) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [
        f"{path.relative_to(ROOT)}:{frame.name}"
        for path, frame in frames
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] not in {"tests", ".venv"}
    ]
    told = getattr(error, "way", None)
    return told or f"{type(error).__name__} in {ours[-1] if ours else frames[-1][1].name}"
