"""Data tables under charts: the same figures as the chart, the five marks, and a download that says what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator
from ui import labels

# Excel takes a CSV for UTF-8 only when it begins with this mark.
BOM = "\ufeff"
QUOTE = '"'
# What a spreadsheet takes for the start of a formula, also in full width.
RUNS = "=+@-\t\r＝＋＠－"
SIGNED_NUMBER = re.compile(r"[-+][\d.,]+")


def estimate_table(frame: pd.DataFrame, names: Sequence[str], indicator: Indicator, first: str) -> pd.DataFrame:
    """Estimates as text: value with its mark, interval, numerator and denominator. `first` heads the names."""
    sent = frame["state"] != "not_sent"
    return pd.DataFrame(
        {
            first: list(names),
            f"値（{labels.short_unit(indicator.kind)}）": [
                labels.value_text(row.value, indicator.kind, row.state, row.high) for row in frame.itertuples()
            ],
            "95％信頼区間": [labels.interval_text(row.low, row.high, indicator.kind) for row in frame.itertuples()],
            "分子": [_count(value, known) for value, known in zip(frame["numerator"], sent, strict=True)],
            "分母": [_count(value, known) for value, known in zip(frame["denominator"], sent, strict=True)],
        }
    )


def _count(value: float, known: bool) -> str:
    return f"{value:,.0f}" if known else labels.NOT_SENT


def csv_bytes(table: pd.DataFrame, about: Sequence[str]) -> bytes:
    """A table as CSV in UTF-8 with BOM, followed by lines that say what it is; no cell can act as a formula."""
    safe = table.map(_inert)
    notes = "".join(f'"※ {line.replace(QUOTE, QUOTE * 2)}"\r\n' for line in about if line)
    body: str = safe.to_csv(index=False, lineterminator="\r\n")
    return (BOM + body + notes).encode()


def _inert(cell: object) -> object:
    """Text that a spreadsheet would run is led by an apostrophe; a lone mark such as - is only text."""
    if isinstance(cell, str) and len(cell) > 1 and cell[0] in RUNS and not SIGNED_NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def data_table(table: pd.DataFrame, *, key: str, title: str, about: Sequence[str], open_at_start: bool = False) -> None:
    """The table twin of a chart in a fold, with its legend and a CSV download (UTF-8 with BOM)."""
    with st.expander(f"データの表：{title}", expanded=open_at_start, key=f"fold-{key}"):
        st.dataframe(table, hide_index=True, width="stretch", key=f"table-{key}", alt=title)
        st.caption("　".join(f"{mark}：{meaning}" for mark, meaning in labels.LEGEND))
        make: Callable[[], bytes] = lambda: csv_bytes(table, [title, *about])  # noqa: E731
        st.download_button(
            "CSVで保存（UTF-8）",
            data=make,
            file_name=f"{title}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"csv-{key}",
            icon=":material/download:",
        )
