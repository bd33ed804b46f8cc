"""How fast the case library is searched: `python -m tests.bench.bench_cases [CASES]`. Not a test: it prints.

The invented cases, mixed field by field, stand in for many: words are as frequent as in real prose. Of each search the
time on the clock and the time of work: other work on the machine adds to the first only.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from desk.search import Library
from etl.sample.cases import PROSE, load_cases

CASES = 5_000
TRIES = 5
QUERIES = (
    "訪問",
    "支援",
    "同じ日に開く",
    "相談 支援 つなぐ",
    "税の滞納から相談につなぐ方法",
    "支援会議 孤独 参加 紹介",
    "情報を広く共有",
    "無い語",
)


def mixed(count: int, seed: int = 1) -> list[tuple[str, dict[str, str]]]:
    """As many cases as asked, each of fields of different invented cases."""
    dice, cases = random.Random(seed), load_cases()
    names = ["title", "category", *PROSE.values()]
    return [
        (str(number), {"case_title" if name == "title" else name: dice.choice(cases)[name] for name in names})
        for number in range(count)
    ]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    cases = mixed(count)
    start = time.perf_counter()
    library = Library(cases)
    print(f"{count:,} cases: index made in {time.perf_counter() - start:.1f} s")
    for query in QUERIES:
        seconds, worked = [], []
        for _ in range(TRIES):
            start, begun = time.perf_counter(), time.process_time()
            answer = library.search(query)
            seconds.append(time.perf_counter() - start)
            worked.append(time.process_time() - begun)
        times = [f"{statistics.median(each) * 1000:5.0f} ms" for each in (seconds, worked)]
        print(f"{times[0]} ({times[1]} of work)  {len(answer.hits):6,} found  {query}")


if __name__ == "__main__":
    main()
