"""Kills loads, undos and rebuilds at random moments: `python -m tests.bench.bench_kill [MOMENTS]`.

Prints what each kind of run left behind; exits with 1 when something was neither the old nor the new state.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.killing import KINDS, trials

MOMENTS = 50


def main(arguments: list[str]) -> int:
    moments = int(arguments[0]) if arguments else MOMENTS
    failed = 0
    for kind in KINDS:
        left: Counter[str] = Counter()
        with tempfile.TemporaryDirectory() as folder:
            try:
                for found in trials(kind, Path(folder), moments):
                    left[found] += 1
            except AssertionError as error:
                print(f"{kind}: {error}")
                failed += 1
        told = f"{left['before']} left the old state, {left['after']} the new"
        print(f"{kind}: {left.total()} of {moments} kills as they should be: {told}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
