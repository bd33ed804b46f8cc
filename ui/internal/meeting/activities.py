"""Which of the platform's four activities took place: municipality × activity."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from metrics.periods import fiscal_year_of
from ui import labels, tables
from ui.internal import store, words
from ui.internal.meeting.bodies import answers_of
from ui.internal.memory import kept
from ui.internal.view import View, ordered, sent
from ui.labels.bodies import RETURN, text_of
from ui.matrix import LEGEND, Cell, matrix_html, shades

NOT_RECORDED = "not_recorded"


def section(view: View) -> None:
    st.markdown(_sentence(view.version, view.months))
    st.html(_matrix(view.version, view.months, view.area))
    st.caption(
        "プラットフォームの会議の回数。0は、報告があり、その活動の会議がなかったこと。-は、プラットフォームが設置されていないこと。"
        f"色の濃さは回数の多さです。{LEGEND}"
    )
    tables.data_table(
        lambda: table(view.version, view.months),
        key="activities",
        title=f"プラットフォームの4つの活動（{view.period}）",
        about=view.about("単位：回", "出典：会議開催・出席記録（市区町村提出）"),
    )


def kinds() -> list[str]:
    """Codes of the four activities, then of the meetings that did not say."""
    return list(words.codes("meeting", "activity"))


@kept(256)
def counts(version: str, months: tuple[str, ...]) -> pd.DataFrame:
    """Municipalities × activities: meetings of the platform, 0 where there were none."""
    rows = store.tally(version, "meeting_load", months)
    rows = rows[rows["body"] == "platform"]
    grid = rows.pivot_table(index="area_code", columns="activity", values="meetings", aggfunc="sum", fill_value=0)
    codes = list(store.areas(version)["area_code"])
    return grid.reindex(index=codes, columns=kinds(), fill_value=0).astype("int64")


@kept(256)
def cells(version: str, months: tuple[str, ...]) -> dict[str, list[Cell]]:
    grid, states, answers = (
        counts(version, months),
        sent(version, RETURN, months),
        answers_of(version, fiscal_year_of(months[0])),
    )
    shade = shades([float(count) for count in grid.to_numpy().ravel()])
    width, found = grid.shape[1], {}
    for place, code in enumerate(grid.index):
        values, own = grid.loc[code].tolist(), shade[place * width : (place + 1) * width]
        is_there = answers.get(code, {}).get("platform_established")
        found[code] = _row(values, own, states[code], is_there)
    return found


def _row(values: list[int], shade: list[int | None], state: str, is_there: bool | None) -> list[Cell]:
    if state == "not_sent":
        return [Cell(labels.NOT_SENT, state)] * (len(values) + 1)
    if is_there is False and not sum(values):
        return [Cell(labels.NOT_APPLICABLE, "not_applicable")] * (len(values) + 1)
    four = values[:-1]
    done = Cell(f"{sum(value > 0 for value in four)}/{len(four)}", state)
    return [done, *(Cell(str(value), state, one) for value, one in zip(values, shade, strict=True))]


def _heads() -> list[str]:
    return ["行われた活動", *(words.activity(code) for code in kinds())]


@kept(256)
def _matrix(version: str, months: tuple[str, ...], area: str | None) -> str:
    names, rows = store.names(version), cells(version, months)
    codes = ordered(rows, area)
    return matrix_html(
        [names[code] for code in codes],
        _heads(),
        [rows[code] for code in codes],
        title="プラットフォームの4つの活動",
        chosen=names[area] if area else None,
    )


def table(version: str, months: tuple[str, ...]) -> pd.DataFrame:
    names, rows = store.names(version), cells(version, months)
    lines = [[names[code], *map(text_of, row)] for code, row in rows.items()]
    return pd.DataFrame(lines, columns=["市区町村", *_heads()])


@kept(256)
def _sentence(version: str, months: tuple[str, ...]) -> str:
    grid = counts(version, months)
    four = grid.drop(columns=NOT_RECORDED)
    held, every = int((grid.sum(axis=1) > 0).sum()), int((four > 0).all(axis=1).sum())
    each = "、".join(f"{words.activity(code)} {int((four[code] > 0).sum())}" for code in four.columns)
    return (
        f"プラットフォームの会議があった{held}市区町村のうち、4つの活動の全てを行ったのは**{every}**市区町村です。"
        f"活動別の市区町村数は、{each}です（活動区分が未記入の会議 {int(grid[NOT_RECORDED].sum())}回）。"
    )
