"""Mutated bytes of good files through the whole loader: no crash, no hang, no part of a file in the database.

python -m tests.bench.bench_fuzz [--seconds 600] [--seed 1]; exit code 1 and the number of each failing try otherwise.
A try is reproduced by --seed and --only.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import xlwt

from etl.check import Terms, check_file
from etl.declare import all_returns
from etl.load import Incoming, Order, load_files, register
from etl.receipts import Receipt
from etl.store import Place, place_of

HANG_SECONDS = 20
TRIES_PER_PLACE = 40
CHECKS_PER_LOAD = 5  # a load costs a database; most of what can go wrong goes wrong before
TERMS = Terms(register(), all_returns(), date(2025, 4, 10), "07")
ORDER = Order(received=date(2025, 4, 10))

HEADINGS = [
    "紹介番号",
    "団体コード",
    "市区町村",
    "把握日",
    "紹介元部署",
    "利用勧奨",
    "本人同意",
    "つなぎ日",
    "結果",
    "備考",
]
ROWS = [
    [
        f"A-{n:03}",
        "072010",
        "福島市",
        f"R6.{n % 12 + 1}.{n % 28 + 1}",
        "生活福祉課",
        "有",
        "有",
        "",
        "支援中",
        f"{n}回目の訪問",
    ]
    for n in range(60)
]
MEETINGS = [["会議番号", "市区町村", "会議体", "開催日", "参加機関", "検討ケース数"]] + [
    [f"K-{n}", "郡山市", "支援会議", f"2024/{n % 12 + 1}/10", "社協", str(n)] for n in range(40)
]


def good_files() -> dict[str, bytes]:
    table = "\r\n".join(",".join(row) for row in [["相互紹介記録"], HEADINGS, *ROWS, ["合計", "60件"]])
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (("4月", [["福島市"], HEADINGS, *ROWS[:30]]), ("5月", [["福島市"], HEADINGS, *ROWS[30:]])):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.merge_cells("A1:D1")
    new = io.BytesIO()
    book.save(new)
    old_book = xlwt.Workbook()
    old_sheet = old_book.add_sheet("記録")
    for number, row in enumerate(MEETINGS):
        for column, cell in enumerate(row):
            old_sheet.write(number, column, cell)
    old = io.BytesIO()
    old_book.save(old)
    quoted = "\n".join("\t".join(f'"{cell}"' for cell in row) for row in MEETINGS)
    return {
        "utf8.csv": table.encode("utf-8-sig"),
        "sjis.csv": table.encode("cp932"),
        "tab.txt": quoted.encode(),
        "utf16.csv": quoted.encode("utf-16"),
        "new.xlsx": new.getvalue(),
        "old.xls": old.getvalue(),
    }


# ---- ways to damage bytes


def flip(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20, 200))):
        damaged[chance.randrange(len(damaged))] = chance.choice((chance.randrange(256), 0, 10, 13, 34, 44, 255))
    return bytes(damaged)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 400) :]


def repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 400)]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start:]


def insert(data: bytes, chance: random.Random) -> bytes:
    odd = [
        "\u0000",
        '"',
        '""',
        "\r",
        "\n\n\n",
        ",",
        "\t",
        "\ufeff",
        "令和",
        "〃",
        "=1+1",
        "𠮷",
        "x" * 40_000,
        ";" * 2_000,
        "合計",
        "\x1b$B",
    ]
    start = chance.randrange(len(data))
    return data[:start] + chance.choice(odd).encode("utf-8") + data[start:]


def renumber(data: bytes, chance: random.Random) -> bytes:
    """Changes digits only: XML stays whole while its references, indices and sizes go astray."""
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    damaged = bytearray(data)
    for place in chance.choices(digits, k=chance.choice((1, 2, 5, 30))) if digits else ():
        damaged[place] = chance.randrange(48, 58)
    return bytes(damaged)


WAYS = (flip, flip, cut, drop, repeat, insert)


def damage(name: str, data: bytes, chance: random.Random) -> bytes:
    """Damages the bytes; of a new workbook every other time those of a part, so that its checksum holds."""
    if not name.endswith(".xlsx") or chance.random() < 0.4:
        for _ in range(chance.choice((1, 1, 2, 4))):
            data = chance.choice(WAYS)(data, chance) or data
        return data
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as damaged:
        parts = book.namelist()
        chosen = {chance.choice(parts), chance.choice([part for part in parts if "sheet" in part or "shared" in part])}
        for part in parts:
            text = book.read(part)
            damaged.writestr(part, chance.choice((*WAYS, *[renumber] * 6))(text, chance) if part in chosen else text)
    return held.getvalue()


# ---- what must hold afterwards


def wrong_after(place: Place, receipt: Receipt) -> str | None:
    """What is not as it must be after one load, or None."""
    if receipt.rows_in_file != receipt.rows_accepted + receipt.rows_quarantined and receipt.outcome != "refused":
        return f"rows do not add up: {receipt.rows_in_file} {receipt.rows_accepted} {receipt.rows_quarantined}"
    kept = 0
    current = place.current()
    if current is not None:
        with duckdb.connect(str(current), read_only=True) as con:
            tables = con.execute(
                "select table_name from information_schema.tables where table_schema = 'raw'"
            ).fetchall()
            for (table,) in tables:
                columns = [row[0] for row in con.execute(f"describe raw.{table}").fetchall()]
                if {"load_id", "row_number"} <= set(columns):
                    query = f"select count(*) from raw.{table} where load_id = ?"
                    kept += con.execute(query, [receipt.load_id]).fetchone()[0]
    expected = 0 if receipt.outcome == "refused" or receipt.unchanged else receipt.rows_accepted
    return None if kept == expected else f"the database holds {kept} rows, the receipt says {expected}"


def attempt(number: int, seed: int, files: dict[str, bytes], place: Place) -> tuple[str, str | None]:
    """(outcome, failure) of one try."""
    chance = random.Random(seed * 1_000_003 + number)
    try:
        for _ in range(CHECKS_PER_LOAD):
            name = chance.choice(list(files))
            data = damage(name, files[name], chance)
            faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
            check_file(data, name, TERMS)
        faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
        [receipt] = load_files([Incoming(name, data)], place, ORDER)
        failure = wrong_after(place, receipt)
        rules = {problem["rule"] for problem in receipt.problems if problem["level"] == "file"}
        return f"{name} {receipt.outcome} {','.join(sorted(map(str, rules)))}", failure
    except Exception:
        return f"{name} raised", traceback.format_exc()
    finally:
        faulthandler.cancel_dump_traceback_later()


def main(tell: Callable[[str], None] = print) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    asked = parser.parse_args()
    files, outcomes, failures, longest = good_files(), Counter[str](), 0, 0.0
    until, number = time.monotonic() + asked.seconds, 0
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            place = place_of(Path(folder) / "internal.duckdb")
            for _ in range(TRIES_PER_PLACE if asked.only is None else 1):
                if time.monotonic() >= until:
                    break
                number = asked.only if asked.only is not None else number + 1
                began = time.monotonic()
                outcome, failure = attempt(number, asked.seed, files, place)
                longest = max(longest, time.monotonic() - began)
                outcomes[outcome] += 1
                if failure:
                    failures += 1
                    tell(f"try {number}: {outcome}: {failure}")
        if asked.only is not None:
            break
    for outcome, times in sorted(outcomes.items()):
        tell(f"{times:6}  {outcome}")
    tries = sum(outcomes.values())
    tell(f"{tries} tries of {CHECKS_PER_LOAD} checks and a load: {failures} failures, the longest took {longest:.1f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
