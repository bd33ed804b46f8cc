"""Writes public.duckdb by release/schema.sql, from what is printed and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from metrics.catalog import ALL, Indicator
from release.examples import Example

SCHEMA = Path(__file__).with_name("schema.sql")
WHOLE = "全体"
SAMPLE_NOTE = "架空データ：実在しない県（見本県）の、架空の報告から作ったものです。"
LEGEND = (
    ("x", "秘匿（件数が少ないなど、個人が推測されるおそれがあるため伏せたもの）"),
    ("…", "未提出（報告が届いていないため、数字が得られないもの）"),
    ("-", "該当なし（数えるものがないもの）"),
    ("0", "報告があり、件数が0のもの"),
    ("（一部）", "一部の月だけ、又は一部の行を除いて受け取ったものから計算したもの"),
)


@dataclass(frozen=True)
class Release:
    """The one row of public.release."""

    number: int
    published_at: datetime
    data_end: date
    prefecture_code: str
    prefecture_name: str
    is_sample: bool
    threshold: int
    rounding: int
    licence: str
    note: str


@dataclass(frozen=True, eq=False)
class Published:
    """All that a release says. figures: printed_figures; areas: tables.published_areas; changes: public.change."""

    release: Release
    indicators: Sequence[Indicator]
    areas: pd.DataFrame
    figures: pd.DataFrame
    examples: Sequence[Example]
    changes: pd.DataFrame

    def breakdowns(self, indicator: Indicator) -> dict[str, str]:
        """Label by value, the undivided first, then as declared, then others that occur."""
        occur = set(self.figures.loc[self.figures["indicator_id"] == indicator.id, "breakdown"])
        divided = indicator.breakdown
        declared = [value for value in divided.labels if value in occur] if divided else []
        values = [*declared, *sorted(occur - {ALL, *declared})]
        return {ALL: WHOLE} | {value: divided.label(value) if divided else value for value in values}


def write_database(path: Path, published: Published) -> None:
    """One new file. Written with one thread, so that the same release gives the same order of rows."""
    with duckdb.connect(str(path), config={"threads": 1}) as con:
        for statement in SCHEMA.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                con.execute(statement)
        _insert(con, "release", [vars(published.release)])
        _insert(con, "indicator", [_indicator(one, place) for place, one in enumerate(published.indicators)])
        _insert(con, "breakdown", _breakdowns(published))
        _insert_frame(con, "area", published.areas)
        _insert_frame(con, "cell", published.figures)
        _insert(con, "example", [_example(one) for one in published.examples])
        _insert_frame(con, "change", published.changes)
        _insert(con, "symbol", [{"mark": mark, "meaning": meaning} for mark, meaning in LEGEND])


def _indicator(one: Indicator, place: int) -> dict[str, Any]:
    return {
        "indicator_id": one.id,
        "place": place,
        "title": one.title,
        "kind": one.kind,
        "period_kind": one.period,
        "unit": one.unit,
        "numerator_text": one.numerator,
        "denominator_text": one.denominator,
        "reading": one.reading,
        "notice": "・".join(one.notice),
        "source": one.source,
        "note": one.note,
        "breakdown_name": one.breakdown.name if one.breakdown else None,
    }


def _breakdowns(published: Published) -> list[dict[str, Any]]:
    return [
        {"indicator_id": one.id, "breakdown": value, "place": place, "label": label}
        for one in published.indicators
        for place, (value, label) in enumerate(published.breakdowns(one).items())
    ]


def _example(one: Example) -> dict[str, Any]:
    return {**vars(one), "sheet": json.dumps(one.sheet, ensure_ascii=False)}


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        names = ", ".join(rows[0])
        marks = ", ".join("?" for _ in rows[0])
        con.executemany(f"insert into public.{table} ({names}) values ({marks})", [list(row.values()) for row in rows])


def _insert_frame(con: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    names = ", ".join(frame.columns)
    con.register("printed", frame)
    con.execute(f"insert into public.{table} ({names}) select {names} from printed")
    con.unregister("printed")
