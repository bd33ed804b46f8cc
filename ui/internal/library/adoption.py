"""Who looked at, tried or adopted a case, and what the figures of the case's indicators were before and after."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from desk import adoptions
from desk.adoptions import Adoption
from desk.case_sheet import Case
from desk.records import Record
from metrics.catalog import Indicator
from ui import labels, tables
from ui.internal import store
from ui.internal.intake import own_errors
from ui.internal.library.form import SAID
from ui.internal.library.listing import stage_words
from ui.internal.library.moved import CAUTION, WHY_NONE, Change, change, indicator_of
from ui.internal.library.shelf import Mark, Shelf, adoption_records, desk, link_id
from ui.internal.library.taken_back import undo_form
from ui.internal.person import person

OWN = "この事例の市区町村"


def moved_section(version: str, shelf: Shelf, case: Case) -> None:
    """Before and after the day it began: of the municipality itself and of those that adopted it."""
    named = [one for one in dict.fromkeys(map(indicator_of, case.indicators)) if one]
    if not named or not _starts(version, shelf, case):
        why = "対象の指標が書かれていない" if not named else "取組開始日も、取り入れた日も記録されていない"
        st.caption(f"{why}ため、前後の数値は出せません。")
        return
    sentence, table = _moved(shelf.mark, case.key, shelf, case, named)
    st.markdown(sentence)
    st.html(table)
    st.caption(
        "前・後は、取り組み始めた月（取り入れた月）を除く同じ長さの期間（3～12か月）の値。"
        "変化の括弧内は95％信頼区間。もともと低かった値は自然に戻ることもあり、ほかの出来事の影響も含みます。"
    )


@st.cache_data(max_entries=128, show_spinner=False)
def _moved(mark: Mark, key: str, _shelf: Shelf, _case: Case, _named: Sequence[Indicator]) -> tuple[str, str]:
    """A sentence and the table of every start and indicator."""
    found = [
        (who, day, one, change(mark[0], one.id, code, day))
        for code, who, day in _starts(mark[0], _shelf, _case)
        for one in _named
    ]
    shown = sum(not one.reason for *_, one in found)
    pairs = f"{len(found)}組（市区町村×指標）のうち、前後を比べられるのは**{shown}**組です。"
    return f"{pairs}**{CAUTION}**", moved_html(found)


def _starts(version: str, shelf: Shelf, case: Case) -> list[tuple[str, str, str]]:
    """(code, who, day) of the municipality's own start and of each adoption."""
    names = store.names(version)
    started = case.sheet.get("started_date")
    own = [(case.area_code, f"{names.get(case.area_code, case.area_code)}（{OWN}）", started)] if started else []
    return own + [
        (one.area_code, names.get(one.area_code, one.area_code), one.on.isoformat())
        for one in shelf.by_case.get(link_id(case), ())
        if one.stage == "adopted"
    ]


def moved_html(found: Sequence[tuple[str, str, Indicator, Change]]) -> str:
    """One row a municipality and indicator; where there is no change to show, why."""
    heads = ("市区町村", "開始日・取り入れた日", "指標", "前", "後", "変化（95％信頼区間）")
    body = "".join(f"<tr>{''.join(_cells(*one))}" for one in found)
    head = "".join(f"<th scope=col style='width:auto'>{one}" for one in heads)
    table = f"<table class=wide><thead><tr>{head}</thead><tbody>{body}</tbody></table>"
    return f"<div class=cs style='overflow-x:auto'>{table}</div>"


def _cells(who: str, day: str, indicator: Indicator, moved: Change) -> list[str]:
    first = [f"<td>{html.escape(text)}" for text in (who, labels.day_text(day), indicator.title)]
    if moved.reason:
        return [*first, f"<td colspan=3><span class=m>{html.escape(WHY_NONE[moved.reason])}</span>"]
    kind = indicator.kind

    def side(value: float, counts: tuple[int, int], span: tuple[str, str]) -> str:
        months = f"{labels.short_month(span[0])}～{labels.short_month(span[1])}"
        return (
            f"<td>{labels.with_unit(value, kind)}<br><span class=m>{labels.counts_text(*counts, kind)}、{months}</span>"
        )

    interval = f"（{labels.interval_text(moved.low, moved.high, kind)}）"
    before = side(
        moved.before, (moved.before_numerator, moved.before_denominator), (moved.before_first, moved.before_last)
    )
    after = side(moved.after, (moved.after_numerator, moved.after_denominator), (moved.after_first, moved.after_last))
    return [*first, before, after, f"<td>{labels.change_text(moved.after, moved.before, kind)}{interval}"]


def reached_section(version: str, shelf: Shelf, case: Case) -> None:
    """Which municipality reached which stage, and when."""
    rows = reached_table(shelf.by_case.get(link_id(case), ()), store.names(version))
    if rows.empty:
        st.caption("ほかの市区町村が見た・試した・取り入れたという記録はまだありません。")
        return
    counts = "、".join(f"{word}{(rows[word] != '').sum()}市区町村" for word in stage_words().values())
    st.markdown(f"{len(rows)}市区町村の記録があります（{counts}）。")
    st.dataframe(rows, hide_index=True, width="stretch", key="reached", alt="取り入れの記録")
    st.html(tables.on_paper(rows))


def reached_table(found: Sequence[Adoption], names: Mapping[str, str]) -> pd.DataFrame:
    """One row a municipality, the day of each stage; '' where there is no record."""
    days = {(one.area_code, one.stage): labels.day_text(one.on.isoformat()) for one in found}
    codes = sorted({one.area_code for one in found})
    return pd.DataFrame(
        [
            {"市区町村": names.get(code, code)}
            | {word: days.get((code, stage), "") for stage, word in stage_words().items()}
            for code in codes
        ]
    )


def entry_section(version: str, shelf: Shelf, case: Case) -> None:
    """A stage that a municipality reached is recorded here, and taken back."""
    names = {code: name for code, name in store.names(version).items() if code != case.area_code}
    chosen = st.session_state.get("kept-area")
    with st.form("adopt", border=False):
        left, middle, right = st.columns([1.3, 1.4, 1])
        area = left.selectbox(
            "市区町村", list(names), index=list(names).index(chosen) if chosen in names else None,
            format_func=lambda code: names[code], placeholder="市区町村を選ぶ", key="adopt-area",
        )  # fmt: skip
        stage = middle.radio(
            "段階", list(stage_words()), format_func=stage_words().__getitem__, horizontal=True, key="adopt-stage"
        )
        day = right.date_input("その日", value="today", max_value="today", format="YYYY/MM/DD", key="adopt-day")
        asked = st.form_submit_button("記録する", type="primary", icon=":material/save:")
    if asked and not area:
        st.warning("市区町村を選んでから記録してください。")
    elif asked and area and stage and isinstance(day, date):
        with own_errors.told():
            adoptions.enter(desk(), Adoption(area, case.area_code, case.example_id, stage, day), person())
            st.session_state[SAID] = (
                f"{names[area]}が{labels.day_text(day.isoformat())}に「{stage_words()[stage]}」と記録しました。"
            )
            st.rerun()
    _undo_form(shelf, case, names)


def _undo_form(shelf: Shelf, case: Case, names: Mapping[str, str]) -> None:
    standing = {
        one.id: one
        for one in reversed(adoption_records(shelf))
        if one.stands and one.undoes is None and _is_about(one, case)
    }
    undo_form(
        "adoption", "取り入れの記録を取り消す", standing,
        shown=lambda one: _said(one, names), said=lambda one: _said(one, names),
        undo=lambda one: adoptions.undo(desk(), one.id, person()),
    )  # fmt: skip


def _is_about(record: Record, case: Case) -> bool:
    one = adoptions.adoption_of(record)
    return (one.example_area_code, one.example_id) == (case.area_code, case.example_id)


def _said(record: Record, names: Mapping[str, str]) -> str:
    one = adoptions.adoption_of(record)
    when = labels.day_text(one.on.isoformat())
    return f"{names.get(one.area_code, one.area_code)}　{stage_words()[one.stage]}　{when}（入力：{record.who}）"
