"""Which departments refer, and which never do: municipalities down, departments across."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui import labels, tables
from ui.internal import store, words
from ui.internal.memory import kept
from ui.internal.referral.direction import counted
from ui.internal.view import View, ordered, sent
from ui.matrix import LEGEND, Cell, matrix_html, shades

RETURN = "referral"
TO_SUPPORT = "connection_to_support"
ALL_FIVE = f"{len(words.NAMED_DEPARTMENTS)}分野の全てから紹介あり"


@dataclass(frozen=True)
class Silent:
    """Municipalities with a welfare office, and from which of the five named departments nobody came."""

    sentence: str
    table: pd.DataFrame


def section(view: View, direction: str | None) -> None:
    st.html(_matrix(view.version, view.months, direction, view.area))
    st.caption(
        "紹介の件数。0は、報告があり紹介がなかったこと。色の濃さは件数の多さで、良し悪しを示しません"
        f"（件数には人口の大きさと必要の大きさも表れます）。{LEGEND}"
    )
    tables.data_table(
        lambda: table(view.version, view.months, direction),
        key="departments",
        title=f"市区町村・部署別の紹介の件数（{view.period}）",
        about=view.about("単位：件", "出典：相互紹介記録（市区町村提出）"),
    )
    st.subheader("自立相談支援機関への紹介がない部局")
    found = _silent(view.version, view.months)
    st.markdown(found.sentence)
    st.caption(
        "生活困窮者自立支援法8条2項の努力義務（利用勧奨など）は、福祉事務所設置自治体の福祉・就労・教育・税務・住宅その他の関係部局に"
        "ついてのものです。福祉事務所のない町村は対象ではないため、この一覧に含めません。紹介がないことは、利用勧奨をしていないこと"
        "を意味しません（本人が自ら相談した場合などは紹介記録に残りません）。"
    )
    tables.data_table(
        found.table,
        key="silent",
        title=f"自立相談支援機関への紹介がない部局（{view.period}）",
        about=view.about(
            "対象：福祉事務所設置自治体（生活困窮者自立支援法8条2項）", "出典：相互紹介記録（市区町村提出）"
        ),
        open_at_start=True,
    )


@kept(256)
def counts(version: str, months: tuple[str, ...], direction: str | None) -> pd.DataFrame:
    """Municipalities × departments (the five named first, then by count): referrals, 0 where there were none."""
    rows = counted("referral_stage", version, months, None, direction)
    grid = rows.pivot_table(
        index="area_code", columns="from_department", values="referrals", aggfunc="sum", fill_value=0
    )
    others = (
        grid.drop(columns=[*words.NAMED_DEPARTMENTS], errors="ignore").sum().sort_values(ascending=False, kind="stable")
    )
    columns = [*words.NAMED_DEPARTMENTS, *others.index]
    return grid.reindex(index=list(store.areas(version)["area_code"]), columns=columns, fill_value=0).astype("int64")


@kept(256)
def _matrix(version: str, months: tuple[str, ...], direction: str | None, area: str | None) -> str:
    grid, states, names = (
        counts(version, months, direction),
        sent(version, RETURN, months),
        store.names(version),
    )
    known = [code for code in grid.index if states[code] != "not_sent"]
    shade = dict(zip(known, _shade_rows(grid.loc[known]), strict=True))
    codes = ordered(grid.index, area)
    values = dict(zip(grid.index, grid.to_numpy().tolist(), strict=True))
    lines = [_line(values[code], states[code], shade.get(code, [])) for code in codes]
    named = len(words.NAMED_DEPARTMENTS)
    return matrix_html(
        [names[code] for code in codes],
        ["計", *grid.columns],
        lines,
        title="市区町村・部署別の紹介の件数",
        groups=[("", 1), ("法8条2項が挙げる部局", named), ("その他の紹介元", len(grid.columns) - named)],
        chosen=names[area] if area else None,
    )


def _shade_rows(grid: pd.DataFrame) -> list[list[int | None]]:
    """One scale over the whole matrix; the square root keeps small counts apart."""
    flat = shades([float(count) ** 0.5 for count in grid.to_numpy().ravel()])
    width = grid.shape[1]
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def _line(values: list[int], state: str, shade: list[int | None]) -> list[Cell]:
    if state == "not_sent":
        return [Cell(labels.NOT_SENT, state)] * (len(values) + 1)
    cells = [Cell(f"{value:,}", state, one) for value, one in zip(values, shade, strict=True)]
    return [Cell(f"{sum(values):,}", state), *cells]


def table(version: str, months: tuple[str, ...], direction: str | None) -> pd.DataFrame:
    """The matrix as text with the five marks."""
    grid, states, names = (
        counts(version, months, direction),
        sent(version, RETURN, months),
        store.names(version),
    )
    shown = pd.concat([grid.sum(axis=1).rename("計"), grid], axis=1)
    rows = [[names[code], *(count_text(int(value), states[code]) for value in shown.loc[code])] for code in shown.index]
    return pd.DataFrame(rows, columns=["市区町村", *shown.columns])


def count_text(value: int, state: str) -> str:
    if state == "not_sent":
        return labels.NOT_SENT
    return f"{value:,}" + (labels.PARTIAL_MARK if state == "partial" else "")


@kept(256)
def _silent(version: str, months: tuple[str, ...]) -> Silent:
    grid, states = counts(version, months, TO_SUPPORT), sent(version, RETURN, months)
    offices, names = store.welfare_offices(version), store.names(version)
    bound = [code for code, has_office in offices.items() if has_office]
    unknown = sum(has_office is None for has_office in offices.values())
    named = dict(zip(grid.index, grid[[*words.NAMED_DEPARTMENTS]].to_numpy().tolist(), strict=True))
    rows, none = [], Counter[str]()
    for code in bound:
        state = states[code]
        if state == "not_sent":
            rows.append((names[code], labels.NOT_SENT, labels.NOT_SENT))
            continue
        missing = [name for name, count in zip(words.NAMED_DEPARTMENTS, named[code], strict=True) if count == 0]
        none.update(missing)
        sent_word = "一部" if state == "partial" else "全ての月"
        rows.append((names[code], sent_word, "・".join(missing) or ALL_FIVE))
    known = sum(row[1] != labels.NOT_SENT for row in rows)
    every = sum(row[2] == ALL_FIVE for row in rows)
    each = "、".join(f"{name} {none[name]}" for name in words.NAMED_DEPARTMENTS)
    sentence = (
        f"福祉事務所設置自治体{len(bound)}のうち、報告のある{known}自治体では、5分野の全てから紹介があるのは**{every}**自治体です。"
        f"紹介が1件もない自治体の数は、{each}です。"
    )
    if unknown:
        sentence += f"福祉事務所の有無が分からない{unknown}町村は含めていません。"
    rows.sort(key=lambda row: row[2] == ALL_FIVE)
    return Silent(sentence, pd.DataFrame(rows, columns=["市区町村", "報告", "紹介のない部局"]))
