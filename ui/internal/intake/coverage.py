"""The matrix municipality × month of each return, its download, and the words of a reminder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from etl.declare import all_returns
from etl.store import Place
from metrics.periods import fiscal_year_of, months_of_year
from ui import filters, frame, labels, tables
from ui.internal import store
from ui.internal.intake import matrix as cells
from ui.internal.intake.record import all_receipts

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
    received = set(store.coverage(version)["return_id"])
    titles = {one: all_returns()[one].title for one in cells.returns_with_months(sorted(received))}
    left, right, _ = st.columns([2, 1, 1])
    with left:
        chosen = filters.return_filter(titles)
    if cells.is_yearly(all_returns()[chosen]):
        years = _years(version)
        matrix = pd.DataFrame(
            {labels.fiscal_year_text(year): cells.by_year(_matrix(version, place, chosen, year)) for year in years}
        )
        when, unit = "これまで", "年度"
    else:
        with right:
            year = filters.fiscal_year_filter(store.reported_months(version))
        matrix = _matrix(version, place, chosen, year)
        when, unit = labels.fiscal_year_text(year), "月"
    _show(version, matrix, titles[chosen], when, unit)


def _years(version: str) -> list[int]:
    return sorted({fiscal_year_of(month) for month in store.reported_months(version)})


def _matrix(version: str, place: Place, return_id: str, year: int) -> pd.DataFrame:
    coverage = store.coverage(version)
    asked = cells.months_in_question(months_of_year(year), store.reported_months(version), f"{date.today():%Y-%m}")
    areas = list(store.areas(version)["area_code"])
    return cells.states(coverage, areas, asked, return_id, all_receipts(place))


def _show(version: str, matrix: pd.DataFrame, title: str, when: str, unit: str) -> None:
    places = store.areas(version).set_index("area_code")["name"]
    names = {str(code): str(places[code]) for code in matrix.index}
    still_open = cells.open_months(matrix)
    counts = matrix.stack().value_counts()
    st.markdown(_sentence(matrix, names, still_open, when, unit))
    headings = [labels.short_month(one) if unit == "月" else one for one in matrix.columns]
    shown = matrix.map(cells.MARKS.get).set_axis(headings, axis=1)
    shown.insert(0, NAME, [names[str(code)] for code in matrix.index])
    shown[f"未提出の{unit}"] = (matrix == "missing").sum(axis=1)
    colours = matrix.map(lambda state: f"background-color: {colour}" if (colour := cells.COLOURS[state]) else "")
    painted = colours.set_axis(headings, axis=1).reindex(columns=shown.columns, fill_value="")
    st.dataframe(
        shown.style.apply(lambda _: painted, axis=None), hide_index=True, width="stretch", key="coverage", height=420,
        column_config={NAME: st.column_config.TextColumn(pinned=True)}, alt=f"{title}の提出の状況",
    )  # fmt: skip
    st.caption(
        "　".join(
            f"{cells.MARKS[state]}：{meaning} {counts.get(state, 0):,}" for state, meaning in cells.MEANINGS.items()
        )
    )
    spelt = matrix.map(cells.STATES.get).set_axis(
        [labels.month_text(one) if unit == "月" else one for one in matrix.columns], axis=1
    )
    spelt.insert(0, "団体コード", matrix.index)
    spelt.insert(1, NAME, shown[NAME])
    about = [f"{title}の提出の状況（{when}）", _sample_note(version)]
    st.download_button(
        "この表をCSVで保存", data=lambda: tables.csv_bytes(spelt, about), mime="text/csv",
        file_name=f"提出の状況_{title}_{when}.csv", on_click="ignore", key="save-coverage", icon=":material/download:",
    )  # fmt: skip
    _reminder(matrix, names, still_open, title, unit)


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
    return frame.SAMPLE_NOTICE if store.meta(version).get("sample") == "1" else ""
