"""The proof: what an outsider could work out of every hidden count, beside what the rules demand."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from release.draft import Draft
from release.publish import safety
from ui import labels, tables
from ui.internal.release import drafts
from ui.matrix import Cell, matrix_html

SHOWN_OPEN = 200
# What no page prints and everybody can work out stands beside what is printed.
PARTS = {
    "numerator": "分子",
    "denominator": "分母",
    "rest": "分母－分子",
    "others": "内訳の残り",
    "beyond": "ほかの指標との差",
    "together": "指標どうしの合計",
}


def section(draft: Draft) -> None:
    if draft.is_safe:
        st.success(sentence(draft), icon=":material/verified_user:")
    else:
        st.error(sentence(draft), icon=":material/gpp_bad:")
        _open_cells(draft)
    if len(draft.proof):
        st.html(by_indicator_html(draft))
        st.caption(
            "攻撃した数値：伏せた件数と、載せないが引き算で分かる件数（分母－分子など）。最も狭い範囲：公表する全ての数値と"
            "これまでの公表から、その件数について分かる上限と下限の差のうち、最も小さいもの。"
        )
    st.download_button(
        "証明を保存（JSON）", data=lambda: json.dumps(report(draft), ensure_ascii=False, indent=1).encode(),
        file_name=f"公表案_第{draft.number}回_証明.json", mime="application/json", on_click="ignore", key="proof-json",
        icon=":material/download:",
        help="伏せた数値の名前と、推測できる範囲が入っています。庁内だけで扱ってください。",
    )  # fmt: skip


def sentence(draft: Draft) -> str:
    """What the attack found."""
    attacked, narrowest, needed = len(draft.proof), narrowest_of(draft.proof), draft.rules.needed_width
    if attacked == 0:
        return "伏せる数値がないため、推測されるおそれのある数値もありません。"
    earlier = f"、これまでの{draft.number - 1}回の公表の数値" if draft.number > 1 else ""
    scope = f"この案の全ての数値{earlier}から計算できる範囲"
    said = f"推測を防ぐ必要のある{attacked:,}件の数値について、{scope}を求めました。"
    rule = f"決まり（幅{needed:,.0f}以上）"
    if draft.is_safe:
        return f"{said}最も狭い範囲の幅は{width_text(narrowest)}で、{rule}を全て満たします。公表できます。"
    opened = f"{len(draft.open_cells):,}件は、{rule}より狭い範囲まで推測できます。このままでは公表できません。"
    return f"{said}**{opened}**"


def narrowest_of(proof: pd.DataFrame) -> float:
    width = (proof["high"].astype(float) - proof["low"].astype(float)).to_numpy()
    return float(np.nanmin(width)) if len(width) else math.inf


def width_text(width: float) -> str:
    return "上限なし" if math.isinf(width) else f"{width:,.0f}"


def by_indicator_html(draft: Draft) -> str:
    """Per indicator: how many were attacked, the narrowest interval, whether all are safe."""
    titles = {one.id: one.title for one in draft.indicators}
    rows, cells = [], []
    for name, proof in draft.proof.groupby("indicator_id", sort=False):
        opened = int((~proof["is_safe"].astype(bool)).sum())
        rows.append(titles.get(str(name), "前の公表との差など"))
        cells.append(
            [
                Cell(f"{len(proof):,}"),
                Cell(width_text(narrowest_of(proof))),
                Cell(f"{proof['needed'].astype(float).max():,.0f}"),
                Cell("全て満たす" if opened == 0 else f"{opened:,}件が満たさない"),
            ]
        )
    return matrix_html(
        rows, ["攻撃した数値", "最も狭い範囲", "決まり", "結果"], cells, title="指標ごとの証明", corner="指標"
    )


def _open_cells(draft: Draft) -> None:
    """The counts that can be worked out, what to do about them, and a button that does it."""
    for suggestion in draft.suggestions:
        st.markdown(f"- {suggestion.sentence}")
    st.button(
        "提案された区分にして案を作り直す準備をする", key="take-suggestions", on_click=drafts.take_suggestions,
        args=(draft,), icon=":material/zoom_out_map:",
    )  # fmt: skip
    with st.expander(f"推測できる数値（{min(len(draft.open_cells), SHOWN_OPEN):,}件を表示）"):
        opened = open_table(draft)
        st.dataframe(opened, hide_index=True, width="stretch", key="open-cells")
        st.html(tables.on_paper(opened))


def open_table(draft: Draft) -> pd.DataFrame:
    """Names of the open cells with what can be deduced."""
    titles = {one.id: one.title for one in draft.indicators}
    areas = dict(zip(draft.areas["area_code"], draft.areas["name"], strict=True))
    return pd.DataFrame(
        [
            {
                "指標": titles.get(row.indicator_id, "前の公表との差など"),
                "数値": PARTS.get(row.part, row.part),
                "場所": areas.get(row.area_code, row.area_code),
                "期間": labels.period_name(row.period) if row.period else labels.NOT_APPLICABLE,
                "内訳": row.breakdown,
                "推測できる範囲": f"{row.low:,.0f}～{width_text(float(row.high))}",
                "必要な幅": f"{row.needed:,.0f}",
            }
            for row in draft.open_cells.head(SHOWN_OPEN).itertuples(index=False)
        ]
    )


def report(draft: Draft) -> dict[str, Any]:
    """The proof as a document: the summary, then every count with its interval. No true count is in it."""
    rows = draft.proof.astype(object).where(draft.proof.notna(), None).to_dict("records")
    cells = [
        {key: None if isinstance(value, float) and math.isinf(value) else value for key, value in row.items()}
        for row in rows
    ]
    return {**safety(draft), "digest": draft.digest, "cells": cells}
