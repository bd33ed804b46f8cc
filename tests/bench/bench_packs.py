"""Time of making packs, and that they stay within their limits: `python -m tests.bench.bench_packs`. 1 when one is over.

One municipality and the prefecture, each from a database that nobody has asked anything yet, by format and in all
three; then all municipalities in one archive, as the page makes them. Seconds by the wall clock, which the limits are
for, and beside them those of the processor: where they differ, something else was running.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desk.records import desk_url
from etl.store import SAMPLE_DATABASE, place_of
from metrics.answers import Answers
from metrics.periods import months_of_year
from reports.archive import write_archive
from reports.formats import FORMATS, write
from reports.pack import Options, make_pack

FISCAL_YEAR = 2024
MUNICIPALITY, PREFECTURE, EVERY = 3.0, 10.0, 60.0


@dataclass(frozen=True)
class Took:
    """Seconds of the wall clock, and of the processor in this process and those it started."""

    wall: float
    processor: float


def took(work: Callable[[], object]) -> Took:
    started, used = time.perf_counter(), _processor()
    work()
    return Took(time.perf_counter() - started, _processor() - used)


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def cold(version: Path, options: Options, formats: Sequence[str], folder: Path) -> Took:
    """From opening the database to the last file."""

    def work() -> None:
        answers = Answers(version)
        pack = make_pack(answers, options)
        for one in formats:
            write(pack, folder / f"pack.{one}")
        answers.close()

    return took(work)


def warmed_up(version: Path, options: Options, folder: Path) -> Took:
    """Imports, fonts and outlines are loaded once in a process; here before anything is measured."""
    return cold(version, options, list(FORMATS), folder)


def said(what: str, found: Took, limit: float) -> bool:
    """Prints a line; True when it is within the limit."""
    is_within = found.wall <= limit
    print(
        f"{what:44} {found.wall:6.2f} s   at most {limit:3.0f} s   processor {found.processor:6.2f} s"
        f"{'' if is_within else '   TOO SLOW'}",
        flush=True,
    )
    return is_within


def main() -> int:
    place = place_of(SAMPLE_DATABASE)
    version = place.current()
    if version is None:
        print("There is no sample database: python -m etl prepare")
        return 2
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "")
    with tempfile.TemporaryDirectory() as made:
        folder, months = Path(made), tuple(months_of_year(FISCAL_YEAR))
        answers = Answers(version)
        areas = list(answers.names())
        answers.close()
        is_within = []
        print(f"first of the process: {warmed_up(version, Options(months, areas[1]), folder).wall:.2f} s")
        for name, area, limit in (("municipality", areas[1], MUNICIPALITY), ("prefecture", None, PREFECTURE)):
            for formats in (*([one] for one in FORMATS), list(FORMATS)):
                options = Options(months, area, desk=desk_url(place), has_indicators="xlsx" in formats)
                found = cold(version, options, formats, folder)
                is_within.append(said(f"{name}: {', '.join(formats)}", found, limit))
        for formats in (["pdf"], list(FORMATS)):
            wanted = [Options(months, area, desk=desk_url(place), has_indicators="xlsx" in formats) for area in areas]
            found = took(lambda: write_archive(version, wanted, formats, folder / "all.zip"))  # noqa: B023
            is_within.append(said(f"all {len(areas)} municipalities: {', '.join(formats)}", found, EVERY))
    return 0 if all(is_within) else 1


if __name__ == "__main__":
    sys.exit(main())
