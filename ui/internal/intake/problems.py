"""Problems of many files as one table a clerk can work through: filter, count, save."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from etl.receipts import Receipt
from etl.slip_marks import findings
from ui import tables
from ui.internal.intake import words

COLUMNS = ("扱い", "ファイル", "市区町村", "シート", "行", "列", "見つかった値", "説明と直し方", "きまり")
# Pixels: the explanation, which is what the table is for, must stand on the screen without scrolling.
WIDTHS = {"扱い": 70, "ファイル": 150, "場所": 84, "列": 84, "見つかった値": 110, "説明と直し方": 390}
ROW_HEIGHT = 74
FILTERS = (("扱い", "level"), ("ファイル", "file"), ("市区町村", "area"), ("きまり", "rule"))


def problem_table(receipts: Sequence[Receipt]) -> pd.DataFrame:
    """One row a problem, what refuses a file first."""
    order = list(words.LEVELS)
    rows = [
        (order.index(finding.level), [
            words.LEVELS[finding.level],
            receipt.file,
            words.short_list(words.areas_of(receipt)),
            finding.sheet,
            "" if finding.line is None else str(finding.line),
            finding.column,
            finding.value,
            finding.words,
            words.rule_words(finding.rule),
        ])
        for receipt in receipts
        for finding in findings(receipt)
    ]  # fmt: skip
    ranked = sorted(rows, key=lambda row: row[0])
    return pd.DataFrame([cells for _, cells in ranked], columns=list(COLUMNS), dtype=str)


def problem_section(receipts: Sequence[Receipt], *, key: str) -> None:
    """The table with its filters; nothing where no file has a problem."""
    table = problem_table(receipts)
    if table.empty:
        return
    st.subheader("確認事項", anchor=False)
    shown = _filtered(table, key)
    st.caption(f"{len(shown):,}件を表示しています（全{len(table):,}件）。")
    if shown.empty:
        st.info("この条件に当てはまる確認事項はありません。条件を減らしてください。")
        return
    visible = tables.inert(_narrow(shown))
    if table["ファイル"].nunique() == 1:
        visible = visible.drop(columns="ファイル")
    st.dataframe(
        visible, hide_index=True, width="stretch", key=f"{key}-problems", row_height=ROW_HEIGHT,
        height=min(480, 38 + ROW_HEIGHT * len(visible)), alt="確認事項の一覧",
        column_config={name: st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()},
    )  # fmt: skip
    st.html(tables.on_paper(visible))
    st.download_button(
        "この一覧をCSVで保存", data=lambda: tables.csv_bytes(shown, ["確認事項", *_files_named(shown)]),
        mime="text/csv", file_name="確認事項.csv", on_click="ignore", key=f"{key}-save", icon=":material/download:",
    )  # fmt: skip


def _narrow(table: pd.DataFrame) -> pd.DataFrame:
    """The table as the screen has room for it: sheet and row as one place; the rest is in the filters and the CSV."""
    place = [f"{sheet} {row}行目" if row else sheet for sheet, row in zip(table["シート"], table["行"], strict=True)]
    shown = table.assign(場所=[one.strip() for one in place])
    return shown[["扱い", "ファイル", "場所", "列", "見つかった値", "説明と直し方"]]


def _filtered(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Only filters that can tell something apart are offered."""
    offered = [(column, name) for column, name in FILTERS if table[column].nunique() > 1]
    if not offered:
        return table
    shown = table
    for place, (column, name) in zip(st.columns(len(offered)), offered, strict=True):
        with place:
            options = sorted(set(table[column]) - {""})
            chosen = st.multiselect(column, options, key=f"{key}-{name}", placeholder="全て", select_all=False)
        if chosen:
            shown = shown[shown[column].isin(chosen)]
    return shown


def _files_named(table: pd.DataFrame) -> list[str]:
    names = list(dict.fromkeys(table["ファイル"]))
    return names if len(names) == 1 else [f"{len(names)}件のファイル"]
