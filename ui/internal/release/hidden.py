"""What a draft hides and why, by indicator and by kind of table, with what is lost by it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics.catalog import ALL
from release.draft import Draft
from ui import labels, tables
from ui.labels.printed import rounded_text
from ui.labels.rounding import fixed, half_up
from ui.matrix import Cell, matrix_html

COUNTS = ("numerator", "denominator")
LEVELS = {"municipality": "市区町村", "region": "圏域", "prefecture": "県"}
# A quarter of the counts a step; the darkest from three quarters.
SHADE_STEP = 0.25


def section(draft: Draft, about: list[str]) -> None:
    for sentence in sentences(draft):
        st.markdown(sentence)
    st.subheader("指標ごと", anchor=False)
    st.html(by_indicator_html(draft))
    st.caption(
        f"少数：{draft.rules.threshold}件未満のため伏せるもの。保護：それ自体は少なくないが、合計や別の表から少数の数値が"
        "計算されないように伏せるもの。色が濃いほど、伏せる割合が高いことを示します。"
    )
    st.subheader("表の種類ごと", anchor=False)
    shown = by_table(draft)
    st.html(by_table_html(shown))
    tables.data_table(lambda: loss_table(draft), key="loss", title="公表案で伏せる数値・指標別", about=about)


def sentences(draft: Draft) -> list[str]:
    """How much is hidden in all, what is lost, and what is never hidden."""
    loss = draft.loss
    total, small, others = (int(loss[name].sum()) for name in ("figures", "primary", "complementary"))
    if total == 0:
        return ["人や件数を数えた数値は、この案にはありません。"]
    said = [
        f"人や件数を数えた数値{total:,}件のうち、**{small + others:,}**件"
        f"（{fixed((small + others) / total * 100, 1)}％）を伏せます。"
        f"このうち少数のため伏せるものが{small:,}件、その保護のため伏せるものが{others:,}件です。"
    ]
    weight = float(draft.systems["weight"].sum()) if len(draft.systems) else 0.0
    if weight:
        share = float(draft.systems["weight_lost"].sum()) / weight
        exact = int(draft.systems["is_exact"].sum())
        said.append(
            f"重要な数値（県や年度の合計など）ほど重く数えた情報の損失は{fixed(share * 100, 1)}％です。"
            f"つながりのある表{len(draft.systems)}組のうち{exact}組は、損失が最も少ない組合せであることを確かめています。"
        )
    facts = sum(one.id in draft.publication.facts for one in draft.indicators)
    if facts:
        said.append(f"次の理由により、{facts}の指標は伏せません。{draft.publication.facts_reason}")
    if draft.rules.rounding:
        said.append(rounded_text(draft.rules.rounding))
    return said


def by_indicator_html(draft: Draft) -> str:
    loss = draft.loss
    cells = [
        [
            Cell(f"{row.figures:,}"),
            Cell(f"{row.primary:,}"),
            Cell(f"{row.complementary:,}"),
            Cell(f"{fixed(row.hidden_share * 100, 1)}％", shade=shade(row.hidden_share)),
        ]
        for row in loss.itertuples(index=False)
    ]
    return matrix_html(
        loss["title"].tolist(), ["数値", "伏せる（少数）", "伏せる（保護）", "伏せる割合"], cells,
        title="指標ごとの伏せる数値", corner="指標",
    )  # fmt: skip


def shade(share: float) -> int | None:
    return min(int(share / SHADE_STEP) + 1, 4) if share > 0 else None


def by_table(draft: Draft) -> pd.DataFrame:
    """Per level, month or year, divided or not: counts printed and hidden. Facts are left out."""
    cells = draft.cells[~draft.cells["indicator_id"].isin(list(draft.publication.facts))]
    cells = cells[~cells["state"].isin(["not_sent", "not_applicable"])]
    level = draft.areas.set_index("area_code")["level"]
    kinds = {one.id: one.kind for one in draft.indicators}
    is_rate = cells["indicator_id"].map(kinds).eq("rate")  # its denominator is the population, which is no secret
    frame = pd.DataFrame(
        {
            "level": cells["area_code"].map(level),
            "is_month": cells["period"].str.contains("-"),
            "is_divided": cells["breakdown"] != ALL,
            "counts": 2 - is_rate.astype(int),
            "hidden": cells[[f"is_{part}_hidden" for part in COUNTS]].sum(axis=1).astype(int),
        }
    )
    return frame.groupby(["level", "is_month", "is_divided"], as_index=False)[["counts", "hidden"]].sum()


def by_table_html(found: pd.DataFrame) -> str:
    known = {(row.level, row.is_month, row.is_divided): row for row in found.itertuples(index=False)}
    rows, cells = [], []
    for level, name in LEVELS.items():
        for is_month, when in ((False, "年度"), (True, "月")):
            line = [known.get((level, is_month, is_divided)) for is_divided in (False, True)]
            if any(line):
                rows.append(f"{name}・{when}")
                cells.append([_share(row) for row in line])
    return matrix_html(rows, ["全体", "内訳"], cells, title="表の種類ごとの伏せる割合", corner="表")


def _share(row: object) -> Cell:
    if row is None:
        return Cell(labels.NOT_APPLICABLE, "not_applicable")
    share = row.hidden / row.counts  # type: ignore[attr-defined]
    return Cell(f"{row.hidden:,} ／ {row.counts:,}（{fixed(share * 100, 1)}％）", shade=shade(share))  # type: ignore[attr-defined]


def loss_table(draft: Draft) -> pd.DataFrame:
    """One row an indicator, for the download."""
    return pd.DataFrame(
        {
            "指標": draft.loss["title"],
            "数値": draft.loss["figures"],
            "伏せる（少数）": draft.loss["primary"],
            "伏せる（保護）": draft.loss["complementary"],
            "伏せる割合（％）": [half_up(share * 100) for share in draft.loss["hidden_share"]],
            "行": draft.loss["rows"],
            "値を示せない行": draft.loss["rows_hidden"],
        }
    )
