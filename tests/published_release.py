"""A small published release, written by the public schema itself: every state, and hidden counts of every kind."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from release.site import write_site
from release.store import PublicStore
from tests.sample_database import ROOT

TOWNS = {
    "992011": "夕凪原市",
    "992038": "青苑市",
    "992054": "風待市",
    "993026": "小鳩町",
    "993646": "風花村",
    "993620": "水琴町",
}
WHOLE = "990000"
# Not public.duckdb: DuckDB could not tell a file of that name from the schema in it.
DATABASE = "release.duckdb"
HIDDEN_EXAMPLE = "問合せ先"

# id, title, kind, period, unit, reading, breakdown
INDICATORS = (
    ("handover_rate", "つなぎの実施率", "proportion", "month", "％", "neither", "紹介の方向"),
    ("referrals_per_100k_month", "相互紹介件数（人口10万人・1か月当たり）", "rate", "month",
     "件（人口10万人・1か月当たり）", "neither", None),
    ("platform_established", "官民連携プラットフォームの設置", "count", "fiscal_year", "市区町村の割合（％）", "neither", None),
)  # fmt: skip
DIRECTIONS = {"all": "計", "connection_to_support": "孤独・孤立側から", "support_to_connection": "困窮者支援側から"}

# Handover in fiscal year 2024 by town: numerator, denominator, state, is the numerator hidden, is the denominator.
HANDOVER: dict[str, tuple[int | None, int | None, str, bool, bool]] = {
    "992011": (120, 150, "value", False, False),
    "992038": (40, 60, "partial", False, False),
    "992054": (None, 33, "hidden", True, False),  # small itself
    "993026": (None, None, "hidden", True, True),  # both, the second to protect the first
    "993646": (None, None, "not_sent", False, False),
    "993620": (0, 0, "not_applicable", False, False),
    "region:北圏域": (None, 250, "hidden", True, False),
    WHOLE: (180, 260, "partial", False, False),
}


def write_release(folder: Path, *, number: int = 1, with_files: bool = True) -> Path:
    """Writes public-<number>/ and points public.duckdb in the folder at it; returns the pointer."""
    place = folder / f"public-{number}"
    place.mkdir(parents=True)
    with duckdb.connect(str(place / DATABASE)) as con:
        con.execute((ROOT / "release" / "schema.sql").read_text(encoding="utf-8"))
        _fill(con, number)
    if with_files:
        _write_files(place)
    pointer, staged = folder / "public.duckdb", folder / ".public.duckdb.new"
    os.symlink(f"{place.name}/{DATABASE}", staged)
    os.replace(staged, pointer)
    return pointer


def _fill(con: duckdb.DuckDBPyConnection, number: int) -> None:
    _insert(con, "release", [
        (number, datetime(2025, 6, 2, 10, 0), date(2025, 3, 31), "99", "見本県", True, 10, 0,
         "CC BY 4.0", "初めての公表です。"),
    ])  # fmt: skip
    _insert(con, "indicator", [
        (id_, place, title, kind, period, unit, "分子の言葉", "分母の言葉", reading, "N4", "相互紹介記録（市区町村提出）",
         "注意の言葉", parts)
        for place, (id_, title, kind, period, unit, reading, parts) in enumerate(INDICATORS)
    ])  # fmt: skip
    _insert(con, "breakdown", [
        *(("handover_rate", value, place, label) for place, (value, label) in enumerate(DIRECTIONS.items())),
        *((id_, "all", 0, "計") for id_, *_ in INDICATORS[1:]),
    ])  # fmt: skip
    _insert(con, "area", [
        *((code, place, "municipality", name, "市" if name.endswith("市") else "町村", "北圏域", 50_000)
          for place, (code, name) in enumerate(TOWNS.items())),
        ("region:北圏域", 90, "region", "北圏域", None, None, 250_000),
        (WHOLE, 99, "prefecture", "見本県", None, None, 300_000),
    ])  # fmt: skip
    _insert(con, "cell", [*_handover(), *_rates(), *_platforms()])
    sheet = {"取り組もうとした理由・きっかけ": "二つの窓口が互いを知らなかった。", "苦労したこと": "日程の調整。"}
    _insert(con, "example", [
        ("992011-1", "992011", "合同の相談会", "窓口の連携", "2024-05-01", json.dumps(sheet, ensure_ascii=False)),
        ("992038-1", "992038", "訪問と居場所", "居場所づくり", None, json.dumps(sheet, ensure_ascii=False)),
    ])  # fmt: skip
    _insert(con, "symbol", [("x", "秘匿"), ("-", "該当なし"), ("…", "不詳"), ("未提出", "報告なし")])


def _handover() -> list[tuple[Any, ...]]:
    rows = []
    for period in ("2024", "2023", "2024-06"):
        for code, (numerator, denominator, state, *hidden) in HANDOVER.items():
            is_shown = state in ("value", "partial")
            value = numerator / denominator if is_shown and numerator is not None and denominator else None
            interval = (max(value - 0.1, 0.0), min(value + 0.1, 1.0)) if value is not None else (None, None)
            rows.append(
                ("handover_rate", code, period, "all", numerator, denominator, value, *interval, state, *hidden)
            )
    for part, state, counts in (
        ("connection_to_support", "value", (100, 140)),
        ("support_to_connection", "hidden", (None, 120)),
    ):
        value = counts[0] / counts[1] if counts[0] is not None else None
        interval = (value - 0.1, value + 0.1) if value is not None else (None, None)
        is_hidden = counts[0] is None
        rows.append(("handover_rate", WHOLE, "2024", part, *counts, value, *interval, state, is_hidden, False))
    return rows


def _rates() -> list[tuple[Any, ...]]:
    rows = [
        ("referrals_per_100k_month", code, "2024", "all", 60, 600_000, 10.0, 7.6, 12.9, "value", False, False)
        for code in ("992011", "992038", WHOLE)
    ]
    zero = ("referrals_per_100k_month", "993026", "2024", "all", 0, 60_000, 0.0, 0.0, 6.1, "value", False, False)
    small = ("referrals_per_100k_month", "992054", "2024", "all", None, 60_000, None, None, None, "hidden", True, False)
    return [*rows, zero, small]


def _platforms() -> list[tuple[Any, ...]]:
    return [
        ("platform_established", "992011", "2024", "all", 1, 1, 1.0, None, None, "value", False, False),
        ("platform_established", "992038", "2024", "all", 0, 1, 0.0, None, None, "value", False, False),
        ("platform_established", "993646", "2024", "all", None, None, None, None, None, "not_sent", False, False),
        ("platform_established", WHOLE, "2024", "all", 1, 2, 0.5, None, None, "partial", False, False),
    ]


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    con.executemany(f"insert into public.{table} values ({marks})", rows)


def _write_files(place: Path) -> None:
    """One CSV and its description, as far as the page of the data reads them."""
    (place / "data").mkdir()
    (place / "data" / "handover_rate.csv").write_bytes("\ufeff市区町村名,値\r\n風待市,x\r\n".encode())
    fields = [{"name": "市区町村名", "description": "名称"}, {"name": "値", "description": "xは秘匿"}]
    package = {
        "name": "test",
        "resources": [
            {"name": "handover_rate", "title": "つなぎの実施率", "path": "data/handover_rate.csv",
             "schema": {"fields": fields}},
            {"name": "outside", "title": "外", "path": "../../outside.csv", "schema": {"fields": []}},
        ],
    }  # fmt: skip
    safety = {"figures": 10, "hidden": 2, "attacked": 4, "open": 0, "earlier_releases": 0}
    (place / "safety.json").write_text(json.dumps(safety), encoding="utf-8")
    (place / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def write_whole_site(folder: Path) -> Path:
    """The static site of the small release, below the folder."""
    database = write_release(folder).resolve()
    with PublicStore(database) as store:
        write_site(store, folder / "site", database.parent / "data")
    return folder / "site"
