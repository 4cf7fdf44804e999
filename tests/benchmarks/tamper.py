"""`python -m tests.benchmarks.tamper`: every byte of a sealed certificate changed, and whether our verifier tells.

`--step N` looks at every Nth byte only (outside the place of the signature, where every byte is looked at).
"""

import argparse
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from procedures.papers.examining import examine
from procedures.seal import create_seal_key, seal
from tests.procedures.test_papers import paper

FLIPS = (0x01, 0x20)
"""One bit that changes any digit, and the one that changes the case of a letter."""


def tampered(step: int) -> Counter[str]:
    """What the verifier says of each changed file; `intact` would be a change that nobody sees."""
    told: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        create_seal_key(Path(folder), "東京都", datetime.now(UTC))
        sealed = seal(paper(), Path(folder))
        assert examine(sealed, Path(folder)) == "intact"
        start, end = sealed.index(b"/Contents <"), sealed.index(b">", sealed.index(b"/Contents <"))
        places = sorted({*range(0, len(sealed), step), *range(start, end + 1)})
        for place in places:
            for flip in FLIPS:
                changed = sealed[:place] + bytes([sealed[place] ^ flip]) + sealed[place + 1 :]
                told[examine(changed, Path(folder))] += 1
        for added in (b" ", b"\n", b"%%EOF", sealed[-657:]):
            told[examine(sealed + added, Path(folder))] += 1
    return told


def main() -> None:
    """Print what was told how often; exit code 1 if a change went unseen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1)
    options, began = parser.parse_args(), monotonic()
    told = tampered(options.step)
    print(f"{sum(told.values())} changes in {monotonic() - began:.0f} s: {dict(told)}")
    raise SystemExit(1 if told["intact"] else 0)


if __name__ == "__main__":
    main()
