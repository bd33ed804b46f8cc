"""Data tables under charts: the same figures as the chart, the five marks, and a download that says what it holds."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from metrics.catalog import Indicator
from ui import exports, labels
from ui.labels.inert import inert_text

# Excel takes a CSV for UTF-8 only when it begins with this mark.
BOM = "\ufeff"
MOST_ROWS_ON_PAPER = 500


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
    safe = inert(table)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(safe.columns)
    writer.writerows([("" if pd.isna(cell) else cell for cell in row) for row in safe.itertuples(index=False)])
    notes = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    notes.writerows([f"※ {line}"] for line in about if line)
    return (BOM + text.getvalue()).encode()


def inert(table: pd.DataFrame) -> pd.DataFrame:
    """The table with headings and texts that no spreadsheet runs, however they leave the page."""
    return table.map(inert_text).rename(columns=inert_text)


@dataclass(frozen=True)
class RowChoice:
    """What the rows of a table stand for ('' for nothing to choose), the chosen one, and what takes a new choice."""

    codes: Sequence[str]
    chosen: str | None
    choose: Callable[[str], None]


def data_table(
    table: pd.DataFrame | Callable[[], pd.DataFrame],
    *,
    key: str,
    title: str,
    about: Sequence[str],
    open_at_start: bool = False,
    rows: RowChoice | None = None,
    pictures: exports.Pictures = (),
) -> None:
    """The table twin of a chart in a fold, with its legend and what can be taken along: CSV, XLSX, the chart itself.

    Nothing of it is made or sent until somebody opens the fold: give a function that returns the table where making
    it costs something. Opening runs this function again, not the page.
    """
    _fold(table, key, title, tuple(about), open_at_start, rows, pictures)


@st.fragment
def _fold(
    table: pd.DataFrame | Callable[[], pd.DataFrame],
    key: str,
    title: str,
    about: Sequence[str],
    open_at_start: bool,
    rows: RowChoice | None,
    pictures: exports.Pictures,
) -> None:
    # Set on every run while it is open: the title names the period, and under a new title Streamlit would close it.
    # A closed one begins closed by itself; what is set costs the browser a second drawing.
    if st.session_state.get(f"fold-{key}", open_at_start):
        st.session_state[f"fold-{key}"] = True
    held = "データの表と図の保存" if pictures else "データの表"
    fold = st.expander(f"{held}：{title}", key=f"fold-{key}", on_change="rerun")
    if not fold.open:
        return
    # The grid has a copy and a download of its own.
    shown = inert(table() if callable(table) else table)
    with fold:
        if rows is None:
            st.dataframe(shown, hide_index=True, width="stretch", key=f"table-{key}", alt=title)
        else:
            _grid_to_choose_from(shown, key, title, rows)
        st.html(on_paper(shown))
        st.caption("　".join(f"{mark}：{meaning}" for mark, meaning in labels.LEGEND))
        with st.container(horizontal=True):
            make: Callable[[], bytes] = lambda: csv_bytes(shown, [title, *about])  # noqa: E731
            st.download_button(
                "CSVで保存（UTF-8）",
                data=make,
                file_name=exports.file_name(title, "csv"),
                mime="text/csv",
                on_click="ignore",
                key=f"csv-{key}",
                icon=":material/download:",
            )
            exports.workbook_button(shown, title, about, key)
            exports.picture_buttons(pictures, title, about, key)


def _grid_to_choose_from(shown: pd.DataFrame, key: str, title: str, rows: RowChoice) -> None:
    chosen = rows.chosen if rows.chosen in rows.codes else ""
    places = [rows.codes.index(chosen)] if chosen else []
    event = st.dataframe(
        shown,
        hide_index=True,
        width="stretch",
        # A grid of its own for each choice: it begins with the chosen row marked, wherever that was chosen.
        key=f"table-{key}-{chosen}",
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": places}},
        alt=title,
    )
    picked = event["selection"]["rows"]
    code = rows.codes[picked[0]] if picked else ""
    if code != chosen:
        rows.choose(code)
        st.rerun()


def on_paper(table: pd.DataFrame) -> str:
    """The table as HTML that only a printer shows: the grid on the screen draws no more rows than fit its frame."""
    head = "".join(f"<th>{html.escape(str(name))}</th>" for name in table.columns)
    rows = table.head(MOST_ROWS_ON_PAPER).itertuples(index=False)
    body = "".join(f"<tr>{''.join(f'<td>{_cell_on_paper(cell)}</td>' for cell in row)}</tr>" for row in rows)
    more = len(table) - MOST_ROWS_ON_PAPER
    rest = f"<p>ほかに{more:,}行あります。全体はCSVで保存してください。</p>" if more > 0 else ""
    return f'<div class="on-paper"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}</div>'


def _cell_on_paper(cell: Any) -> str:
    return "" if pd.isna(cell) else html.escape(str(cell))
