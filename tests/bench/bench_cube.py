"""What it costs to count everything anew: `python -m tests.bench.bench_cube [REFERRALS]`. It prints, and never fails.

The core and the cube of all indicators and tallies, built as a load builds them, over ten million referrals and half a
million attendances. Time is told as a ratio to one aggregate that reads every column of every row of the same tables in
the same process, since machines differ; memory is the peak of the process that builds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from etl import build
from etl.declare import all_returns
from metrics import cube
from metrics.catalog import load_catalog
from metrics.tally import load_tallies
from tests.bench.large import multiply, small_database

REFERRALS = 10_000_000
MOST_GIGABYTES = 4.0
TRIES = 3
SCAN = "select area_code, count(*), max(columns(* exclude (area_code))) from raw.{table} group by area_code"


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def scan(con: duckdb.DuckDBPyConnection) -> float:
    """Seconds of one aggregate over every column of both tables: the best of several, other work only ever adds."""
    return min(
        seconds(lambda: [con.execute(SCAN.format(table=table)).fetchall() for table in ("referral", "meeting")])
        for _ in range(TRIES)
    )


def measure(path: Path) -> dict[str, float]:
    """Runs in a process of its own: the cube of the database at `path`, which is left built."""
    con = duckdb.connect(str(path), config={"memory_limit": build.MEMORY_LIMIT})
    con.execute("set preserve_insertion_order = false")
    found = {"scan": scan(con)}
    con.begin()

    def timed(one: duckdb.DuckDBPyConnection) -> None:
        found["cube"] = seconds(lambda: cube.build_cube(one))

    build.build_cube = timed  # type: ignore[assignment]
    found["rebuild"] = seconds(lambda: build.rebuild(con, all_returns()))
    con.commit()
    found["scan"] = min(found["scan"], scan(con))
    for table in ("raw.referral", "raw.meeting", "cube.count", "cube.duration"):
        found[table] = con.execute(f"select count(*) from {table}").fetchall()[0][0]
    con.close()
    return found


def in_own_process(path: Path) -> tuple[dict[str, float], float]:
    """The measures and the peak of memory in GB."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([sys.executable, "-m", "tests.bench.bench_cube", "--measure", str(path)], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit("the cube could not be built")
        out.seek(0)
        return json.loads(out.read()), usage.ru_maxrss / 1024**2


def main(referrals: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "large.duckdb"
        multiply(small_database(Path(folder)), work, referrals)
        found, gigabytes = in_own_process(work)
        size = work.stat().st_size / 1e6
    counted = f"{len(load_catalog())} indicators and {len(load_tallies())} tallies"
    print(f"{found['raw.referral']:,.0f} referrals, {found['raw.meeting']:,.0f} attendances ({size:,.0f} MB)")
    print(f"one aggregate over every column of both tables: {found['scan']:.2f} s")
    print(f"cube of {counted}: {found['cube']:.2f} s, {found['cube'] / found['scan']:.1f} times that aggregate")
    print(f"core and cube together: {found['rebuild']:.2f} s, {found['rebuild'] / found['scan']:.1f} times")
    print(f"the cube has {found['cube.count'] + found['cube.duration']:,.0f} rows")
    verdict = "" if gigabytes <= MOST_GIGABYTES else f"  more than {MOST_GIGABYTES} GB"
    print(f"peak memory: {gigabytes:.2f} GB{verdict}")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else REFERRALS))
