"""What the command line says of drafts, deductions and releases: lines to read, and the same as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from release.draft import Draft
from release.examples import personal
from release.ledger import Entry
from release.outsider import Deduced
from release.publish import Released, safety
from ui import labels

MOST = 50
STATES = {"published": "公表", "withdrawn": "取下げ", "abandoned": "中断（公表されていない）", "intended": "確認中"}


def draft_lines(draft: Draft) -> list[str]:
    years = "、".join(map(labels.fiscal_year_text, draft.fiscal_years))
    told = safety(draft)
    lines = [
        f"第{draft.number}号の案：{years}、{len(draft.indicators)}指標、件数{told['figures']:,}のうち{told['hidden']:,}を秘匿",
    ]
    lines += [
        f"  {row.title}：{row.figures:,}件中 秘匿{row.primary + row.complementary:,}"
        f"（少数{row.primary:,}、ほかを守るため{row.complementary:,}）"
        for row in draft.loss.itertuples()
    ]
    titles = {one.id: one.title for one in draft.indicators}
    for row in draft.held_back.itertuples():
        title = titles.get(str(row.indicator_id), row.indicator_id)
        lines.append(f"  訂正を見合わせ（前の公表のまま）：{title} {labels.period_name(str(row.period))}")
    lines += [*personal(draft.examples), *draft.warnings]
    if draft.is_safe:
        lines.append(f"安全性の確認：伏せた件数など{told['attacked']:,}件は、いずれも推測できません。")
    else:
        lines.append(f"安全性の確認：{told['open']:,}件が推測できるため、公表できません。")
        lines += [one.sentence for one in draft.suggestions]
    return lines


def draft_json(draft: Draft, released: Released | None) -> dict[str, Any]:
    return {
        **safety(draft),
        "number": draft.number,
        "digest": draft.digest,
        "fiscal_years": list(draft.fiscal_years),
        "years_with_months": list(draft.years_with_months),
        "is_safe": draft.is_safe,
        "indicators": draft.loss.to_dict("records"),
        "held_back": draft.held_back.to_dict("records"),
        "changes": draft.changes.to_dict("records"),
        "warnings": list(draft.warnings),
        "suggestions": [one.sentence for one in draft.suggestions],
        "open_cells": _records(draft.open_cells.drop(columns="system")),
        "seconds": {step: round(seconds, 2) for step, seconds in draft.seconds.items()},
        "folder": str(released.folder) if released else None,
    }


def deduced_lines(found: Deduced) -> list[str]:
    lines = [f"公表された件数{found.figures:,}のうち、伏せられたもの{found.hidden:,}"]
    for row in found.cells.head(MOST).itertuples():
        mark = "" if row.is_safe else " ← 推測できる"
        lines.append(f"  {_name(row)}：{row.low:.0f}～{_high(row.high)}{mark}")
    if len(found.cells) > MOST:
        lines.append(f"  ほか{len(found.cells) - MOST:,}件（--json で全て）")
    for row in found.open_cells.itertuples():
        lines.append(f"推測できる：{_name(row)}：{row.low:.0f}～{_high(row.high)}")
    lines.append(
        "推測できるものはありません。" if found.open_cells.empty else f"{len(found.open_cells):,}件が推測できます。"
    )
    return lines


def deduced_json(found: Deduced) -> dict[str, Any]:
    return {
        "figures": found.figures,
        "hidden": found.hidden,
        "open": len(found.open_cells),
        "cells": _records(found.cells),
    }


def entry_lines(entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return ["公表したものはまだありません。"]
    return [
        f"第{entry.number}号 {STATES[entry.state]} {entry.told['approved_at']} 承認：{entry.approved_by} "
        f"{'、'.join(labels.fiscal_year_text(int(year)) for year in entry.told['fiscal_years'])}"
        for entry in entries
    ]


def entry_json(entry: Entry) -> dict[str, Any]:
    shown = ("approved_by", "approved_at", "digest", "fiscal_years", "years_with_months", "folder", "safety", "sha256")
    told = {name: entry.told[name] for name in shown}
    return {"number": entry.number, "state": entry.state, **told, "withdrawn": entry.withdrawn}


def elapsed_text(seconds: float) -> str:
    """「3分05秒」"""
    return f"{int(seconds) // 60}分{int(seconds) % 60:02d}秒"


def _name(row: Any) -> str:
    return " ".join((row.indicator_id, row.part, row.area_code, row.period, row.breakdown))


def _high(high: float) -> str:
    return "上限なし" if math.isinf(high) else f"{high:.0f}"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """JSON knows no infinity: no upper end is null."""
    found = frame.astype(object).to_dict("records")
    return [{str(key): None if value == math.inf else value for key, value in row.items()} for row in found]
