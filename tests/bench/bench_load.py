"""How fast and how large a load is: `python -m tests.bench.bench_load [ROWS]`. Not a test: it prints, and never fails.

Every step runs in a process of its own, as a user would start it. DuckDB's own count of the same file, taken in the
same run, tells how fast the machine is at the moment.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROWS = 1_000_000
CP932_ROWS = 200_000
TRIES = 3  # the best of them counts: other work on the machine only ever adds
PREFECTURE = "28"
RECEIVED = "2025-04-10"
COUNT = """
import sys, time, duckdb
duckdb.execute("set enable_progress_bar = false")
start = time.perf_counter()
duckdb.sql(f"select count(*) from read_csv('{sys.argv[1]}')").fetchall()
print(time.perf_counter() - start)
"""


@dataclass(frozen=True)
class Run:
    """A finished process: seconds on the clock, seconds of work on all cores, peak of memory in MB, what it printed."""

    seconds: float
    worked: float
    peak: float
    printed: str


def run(*arguments: object) -> Run:
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *map(str, arguments)], stdout=out)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        out.seek(0)
        return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode())


def etl(command: str, *arguments: object) -> Run:
    return run("-m", "etl", command, *arguments)


def load(paths: Sequence[Path], database: Path, *more: str) -> Run:
    return etl("load", *paths, "--db", database, "--received", RECEIVED, *more)


def say(what: str, rows: int, found: Run, note: str = "") -> None:
    print(
        f"{what:24} {rows:>9,} rows {found.seconds:6.2f} s ({found.worked:5.2f} s of work) "
        f"{rows / found.seconds:>9,.0f} rows/s, peak {found.peak:5.0f} MB {note}",
        flush=True,
    )


def bench_large(folder: Path, rows: int) -> Path:
    etl("sample", "--prefecture", PREFECTURE, "--rows", rows, "--out", folder / "large")
    path = folder / "large" / f"referral_{PREFECTURE}_{rows}_架空データ.csv"
    counted = min(float(run("-c", COUNT, path).printed) for _ in range(TRIES))
    databases = [folder / f"large_{number}.duckdb" for number in range(TRIES)]
    loaded = min((load([path], database) for database in databases), key=lambda found: found.seconds)
    built = min((etl("build", "--db", database) for database in databases), key=lambda found: found.seconds)
    again = min(float(run("-c", COUNT, path).printed) for _ in range(TRIES))
    print(f"{'DuckDB count(*)':24} {rows:>9,} rows {counted:6.2f} s before, {again:.2f} s after")
    say("load, UTF-8", rows, loaded)
    say("build", rows, built)
    start = etl("--help").seconds
    together = loaded.seconds + built.seconds
    print(
        f"{'load + build':24} {together / counted:4.1f} times DuckDB's count, "
        f"{(together - 2 * start) / counted:.1f} times without starting Python twice ({start:.2f} s each)"
    )
    return path


def bench_cp932(folder: Path, source: Path) -> None:
    path = folder / "cp932.csv"
    with source.open(encoding="utf-8") as lines:
        path.write_bytes("".join(line for _, line in zip(range(CP932_ROWS + 1), lines, strict=False)).encode("cp932"))
    say("load, CP932", CP932_ROWS, load([path], folder / "cp932.duckdb"))


def bench_small_files(folder: Path) -> None:
    etl("sample", "--out", folder / "demo")
    files = sum(path.is_file() for path in (folder / "demo").rglob("*"))
    found = load([folder / "demo"], folder / "demo.duckdb", "--prefecture", "99")
    say("load, many small files", 11_500, found, f"{files} files, {found.seconds / files * 1000:.0f} ms a file")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = bench_large(folder, rows)
        if rows >= CP932_ROWS:
            bench_cp932(folder, source)
        bench_small_files(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
