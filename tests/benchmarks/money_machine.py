"""Acts around money by chance, on both databases at once; the first that breaks a promise is told with its fewest acts.

python -m tests.benchmarks.money_machine [--steps 2000] [--seed N] [--length 40] [--sqlite]
"""

import argparse
import time
import traceback
from collections import Counter
from random import Random, randrange

from tests.payments.holding.playing import fewest, goes_wrong, plays_on
from tests.payments.holding.stages import both_stages


def main() -> int:
    """Play; 1 when something went wrong."""
    parser = argparse.ArgumentParser(description="Acts around money by chance, on both databases.")
    parser.add_argument("--steps", type=int, default=2000, help="how many acts in all (default 2000)")
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="of the first town")
    parser.add_argument("--length", type=int, default=40, help="acts in one town (default 40)")
    parser.add_argument("--sqlite", action="store_true", help="on SQLite alone: three times as quick")
    options = parser.parse_args()
    print(f"--seed {options.seed} --length {options.length}", flush=True)
    began, done = time.perf_counter(), Counter[str]()
    with both_stages() as both:
        stages = both[:1] if options.sqlite else both
        for number in range(max(1, options.steps // options.length)):
            acts, held = plays_on(stages, Random(options.seed + number), options.length, done)
            if not held:
                print(f"--seed {options.seed + number} --length {options.length} --steps 1 goes wrong:", flush=True)
                acts = fewest(stages, acts)
                print(*(f"  {act}" for act in acts), sep="\n")
                traceback.print_exception(goes_wrong(stages, acts))
                return 1
    seconds = time.perf_counter() - began
    print(f"{seconds:.0f} s, everything held; {done.total():,} acts took place: {dict(done.most_common())}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
