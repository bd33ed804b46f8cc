"""The matrix municipality × month of each return, its download, and the words of a reminder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from etl.declare import all_returns
from etl.store import Place
from metrics.periods import fiscal_year_of, months_of_year
from ui import filters, frame, labels, tables
from ui.internal import store
from ui.internal.intake import matrix as cells
from ui.internal.intake.record import all_receipts, stamp
from ui.matrix import Cell, matrix_html

NAME = "市区町村"


@st.fragment
def coverage_section(version: str | None, place: Place) -> None:
    """Municipality × month of one return: received, stated zero, partly set aside, sent back, not sent."""
    if version is None:
        frame.nothing_here(
            "まだ提出がありません。",
            "報告を読み込むと、市区町村と月の表がここに出ます。",
            "上の欄から読み込んでください。",
        )
        return
    titles = _titles(version)
    left, right, _ = st.columns([2, 1, 1])
    with left:
        chosen = filters.return_filter(titles)
    year = None
    if not cells.is_yearly(all_returns()[chosen]):
        with right:
            year = filters.fiscal_year_filter(store.reported_months(version))
    _show(_told(version, place, stamp(place.inbox), chosen, year, f"{date.today():%Y-%m}"), chosen, version)


@dataclass(frozen=True)
class Told:
    """What is said of one return: the states, who still owes what, the sentence and the table as HTML."""

    matrix: pd.DataFrame
    names: Mapping[str, str]
    still_open: Mapping[str, Sequence[str]]
    when: str
    unit: str
    sentence: str
    table: str


@st.cache_data(max_entries=4, show_spinner=False)
def _titles(version: str) -> dict[str, str]:
    received = set(store.coverage(version)["return_id"])
    return {one: all_returns()[one].title for one in cells.returns_with_months(sorted(received))}


# Kept as it is, for the reason receipts are: nobody changes it.
@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Place: lambda place: str(place.inbox)})
def _told(
    version: str, place: Place, stamp: tuple[tuple[str, int], ...], return_id: str, year: int | None, today: str
) -> Told:
    del stamp  # only there to tell one state of the inbox from another
    if year is None:
        years = sorted({fiscal_year_of(month) for month in store.reported_months(version)})
        matrix = pd.DataFrame(
            {
                labels.fiscal_year_text(one): cells.by_year(_matrix(version, place, return_id, one, today))
                for one in years
            }
        )
        when, unit = "これまで", "年度"
    else:
        matrix, when, unit = _matrix(version, place, return_id, year, today), labels.fiscal_year_text(year), "月"
    places = store.areas(version).set_index("area_code")["name"]
    names = {str(code): str(places[code]) for code in matrix.index}
    still_open = cells.open_months(matrix)
    sentence = _sentence(matrix, names, still_open, when, unit)
    table = _table(matrix, names, unit, f"{all_returns()[return_id].title}の提出の状況")
    return Told(matrix, names, still_open, when, unit, sentence, table)


def _matrix(version: str, place: Place, return_id: str, year: int, today: str) -> pd.DataFrame:
    coverage = store.coverage(version)
    asked = cells.months_in_question(months_of_year(year), store.reported_months(version), today)
    areas = list(store.areas(version)["area_code"])
    return cells.states(coverage, areas, asked, return_id, all_receipts(place))


def _table(matrix: pd.DataFrame, names: Mapping[str, str], unit: str, title: str) -> str:
    headings = [labels.short_month(one) if unit == "月" else one for one in matrix.columns]
    missing = (matrix == "missing").sum(axis=1)
    lines = [
        [*(cells.CELLS[state] for state in row), Cell(str(count))]
        for row, count in zip(matrix.itertuples(index=False, name=None), missing, strict=True)
    ]
    return matrix_html([*names.values()], [*headings, f"未提出の{unit}"], lines, title=title, corner=NAME)


def _show(told: Told, return_id: str, version: str) -> None:
    matrix, unit, title = told.matrix, told.unit, all_returns()[return_id].title
    st.markdown(told.sentence)
    st.html(told.table)
    counts = matrix.stack().value_counts()
    st.caption(
        "　".join(
            f"{cells.MARKS[state]}：{meaning} {counts.get(state, 0):,}" for state, meaning in cells.MEANINGS.items()
        )
    )
    about = [f"{title}の提出の状況（{told.when}）", _sample_note(version)]
    st.download_button(
        "この表をCSVで保存", data=lambda: tables.csv_bytes(_spelt(told), about), mime="text/csv",
        file_name=f"提出の状況_{title}_{told.when}.csv", on_click="ignore", key="save-coverage",
        icon=":material/download:",
    )  # fmt: skip
    _reminder(matrix, told.names, told.still_open, title, unit)


def _spelt(told: Told) -> pd.DataFrame:
    """The matrix in words, as it is saved."""
    months = [labels.month_text(one) if told.unit == "月" else one for one in told.matrix.columns]
    spelt = told.matrix.map(cells.STATES.get).set_axis(months, axis=1)
    spelt.insert(0, "団体コード", told.matrix.index)
    spelt.insert(1, NAME, [*told.names.values()])
    return spelt


def _sentence(
    matrix: pd.DataFrame, names: Mapping[str, str], still_open: Mapping[str, Sequence[str]], when: str, unit: str
) -> str:
    whole = len(matrix) - len(still_open)
    missing = int((matrix == "missing").sum().sum())
    returned = int((matrix == "returned").sum().sum())
    nothing = [names[str(code)] for code in matrix.index[(matrix == "missing").all(axis=1)]]
    counter = "か月" if unit == "月" else "年度分"
    return (
        f"{when}は、{len(matrix)}市区町村のうち**{whole}**市区町村が全ての{unit}を提出しています。"
        f"未提出の{unit}は延べ{missing}{counter}です。"
        + (f"差し戻して送り直しを待っている{unit}は延べ{returned}{counter}です。" if returned else "")
        + (f"1{counter}も提出していないのは{'、'.join(nothing)}です。" if nothing else "")
    )


def _reminder(
    matrix: pd.DataFrame, names: Mapping[str, str], still_open: Mapping[str, Sequence[str]], title: str, unit: str
) -> None:
    """What may be copied into a mail: who still owes which months."""
    with st.expander(f"催促の文面（{len(still_open):,}市区町村）", icon=":material/mail:", key="reminder"):
        if not still_open:
            st.markdown("未提出の市区町村はありません。")
            return
        st.markdown("右上の写しの印を押すと、文面を写せます。宛先は入っていません。")
        st.code(
            reminder_text(matrix, names, still_open, title, unit),
            language=None,
            wrap_lines=True,
            height=320 if len(still_open) > 10 else "content",
        )


def reminder_text(
    matrix: pd.DataFrame, names: Mapping[str, str], still_open: Mapping[str, Sequence[str]], title: str, unit: str
) -> str:
    """The text of a reminder. Months that were sent back are told apart from those that never came."""
    lines = [f"次の{title}が届いていません。提出をお願いします。", ""]
    for code, columns in still_open.items():
        parts = []
        for state, word in (("missing", "未提出"), ("returned", "差戻し（直して再提出）")):
            late = [column for column in columns if matrix.loc[code, column] == state]
            if late:
                parts.append(f"{word} {span_words(late, list(matrix.columns), unit)}")
        lines.append(f"{names[code]}：{'、'.join(parts)}")
    return "\n".join(lines)


def span_words(late: Sequence[str], columns: Sequence[str], unit: str) -> str:
    """Neighbouring months as one span: 令和6年4月～6月, 令和6年9月."""
    runs: list[list[str]] = []
    for column in late:
        if runs and columns.index(column) == columns.index(runs[-1][-1]) + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    say = labels.month_text if unit == "月" else str
    return "、".join(say(run[0]) + (f"～{say(run[-1])}" if len(run) > 1 else "") for run in runs)


def _sample_note(version: str) -> str:
    return labels.SAMPLE_NOTICE if store.meta(version).get("sample") == "1" else ""
