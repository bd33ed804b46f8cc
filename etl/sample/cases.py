"""Invented cases as municipalities send them: one book, or CSV file, of case sheets for each that has any.

Their prose is data (case_sheets/*.toml, a file for each theme): a case is written by a person, not drawn by chance.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from etl.invented import MARK
from etl.sample.books import Sheet, write_book, write_csv
from etl.sample.spelt import Cell, spell_code, spell_date, spell_number
from etl.sample.town import Town

HERE = Path(__file__).parent / "case_sheets"
NAME = "取組事例"
AS_OF = "令和7年3月末現在"
CENSUS = "令和2年10月1日"
IN_CSV = "99201"  # one sends text, all others a book

# Heading of the return → key of the case's table.
PROSE = {
    "対象の指標": "indicators",
    "連携先": "partners",
    "会議体の形": "meeting_form",
    "取り組もうとした理由・きっかけ": "reason",
    "まず始めたこと": "first_steps",
    "工夫": "devices",
    "取り組んで良かったこと": "benefits",
    "苦労したこと": "difficulties",
    "成果(数値・時点)": "outcome",
    "今後の課題": "challenges",
    "問合せ先": "contact",
    "公開可否": "publication",
    "出典": "source",
}


@cache
def load_cases() -> tuple[Mapping[str, Any], ...]:
    """Every case, file by file; all of them have the same keys."""
    files = (tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml")))
    return tuple(case for file in files for case in file["case"])


def write_cases(out: Path, towns: Iterable[Town]) -> list[Path]:
    """One file a municipality that has cases; a case of a municipality that is not there is left out."""
    written = []
    for town in towns:
        cases = [case for case in load_cases() if case["town"] == town.code5]
        if cases:
            written.append(_write(out, town, cases))
    return written


def _write(out: Path, town: Town, cases: list[Mapping[str, Any]]) -> Path:
    rows = [_row(town, case) for case in cases]
    titles = (f"【{MARK}】{NAME}（{AS_OF}）", f"団体名：{town.pref_name}{town.name}")
    sheet = Sheet(NAME, titles, tuple(rows[0]), tuple(tuple(row.values()) for row in rows))
    path = out / f"R6_{NAME}_{town.name}_{MARK}.{'csv' if town.code5 == IN_CSV else 'xlsx'}"
    if town.code5 == IN_CSV:
        return write_csv(path, sheet, town.habit.encoding, town.habit.delimiter)
    return write_book(path, [sheet])


def _row(town: Town, case: Mapping[str, Any]) -> dict[str, Cell]:
    """Cells by heading. The body has no code where its habit is to send none, but always its name."""
    habit = town.habit
    code = {} if habit.codes == "none" else {"団体コード": spell_code(town, habit)}
    return {
        "事例番号": spell_number(case["id"], habit),
        **code,
        "市区町村": town.name,
        "事例名": case["title"],
        "区分": case["category"],
        "人口(時点)": f"{town.population:,}人（{CENSUS}）",
        **{heading: case[key] or None for heading, key in PROSE.items()},
        "取組開始日": spell_date(_day(case["started"]), habit),
        "更新日": spell_date(_day(case["updated"]), habit),
    }


def _day(written: object) -> date:
    """A date of the TOML; a quoted one would be text and is our own slip."""
    if not isinstance(written, date):
        raise TypeError(f"{written!r} is no date")
    return written
