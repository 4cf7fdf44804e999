"""Marked data under load with several processes: nobody may be shown another's. 1 when somebody was.

python -m tests.canary [--requests 2000] [--seed N] [--database sqlite|postgresql|both]
"""

import argparse
import time
from pathlib import Path
from random import randrange
from tempfile import TemporaryDirectory

from tests.canary.running import run
from tests.canary.watching import Watch
from tests.databases import in_memory, postgresql

SHOWN = 20
KINDS = ("sqlite", "postgresql")


def main() -> int:
    """On one database after the other."""
    parser = argparse.ArgumentParser(description="Nobody is shown another's data, under load.")
    parser.add_argument("--requests", type=int, default=2000, help="on each database (default 2000)")
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="of marks and of what people do")
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    options = parser.parse_args()
    print(f"--seed {options.seed} --requests {options.requests} --database {options.database}", flush=True)
    found = 0
    for kind in KINDS if options.database == "both" else (options.database,):
        began = time.perf_counter()
        watch = _on(kind, options.seed, options.requests)
        tell(kind, watch, time.perf_counter() - began)
        found += len(watch.leaks)
    return int(bool(found))


def _on(kind: str, seed: int, wanted: int) -> Watch:
    with TemporaryDirectory(dir=in_memory()) as folder:
        if kind == "sqlite":
            return run(Path(folder), "", seed, wanted)
        with postgresql() as source:
            return run(Path(folder), source.lend(), seed, wanted)


def tell(kind: str, watch: Watch, seconds: float) -> None:
    """What was looked at, whose marks were rightly seen, and every leak."""
    answers = watch.statuses.total()
    print(f"{kind}: {answers:,} answers in {seconds:.0f} s, {len(watch.marks.known):,} marks, {len(watch.leaks)} leaks")
    print("  answers:", ", ".join(f"{times:,} x {status}" for status, times in sorted(watch.statuses.items())))
    print("  looked at:", ", ".join(f"{times:,} of {who}" for who, times in watch.looked.most_common()))
    print("  seen by those who may:", ", ".join(f"{times:,} {what}" for what, times in watch.seen.most_common()))
    print(*watch.leaks[:SHOWN], sep="\n")


if __name__ == "__main__":
    raise SystemExit(main())
