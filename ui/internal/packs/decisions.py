"""What the meetings decided: a form, the record with its undo. The next pack shows the last meeting's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from desk import meetings
from desk.meetings import Decision, Figure
from desk.records import Record
from metrics.catalog import in_notice_order, load_catalog
from ui import labels, tables
from ui.internal import store, view
from ui.internal.intake import own_errors
from ui.internal.library.form import NOT_KEPT, SAID
from ui.internal.library.personal import problems_of
from ui.internal.library.shelf import desk
from ui.internal.library.taken_back import undo_form
from ui.internal.person import person
from ui.labels import sentences

WHOLE = "県全体"
MOST_INDICATORS = 8
EARLIEST = date(2015, 4, 1)


def section(version: str, months: tuple[str, ...]) -> None:
    """months: those of the page, whose figures the decision is recorded with."""
    records = list(meetings.history(desk()))
    _form(version, months, len(records))
    standing = {one.id: one for one in meetings.standing(desk())}
    if not records:
        st.caption("会議の決定はまだ記録されていません。記録すると、次の資料に、その時の数値と今の数値が並びます。")
        return
    names = store.names(version)
    shown = table(records, names)
    st.dataframe(tables.inert(shown), hide_index=True, width="stretch", key="decisions", alt="会議の決定の記録")
    st.html(tables.on_paper(shown))
    undo_form(
        "decision", "決定の記録を取り消す", standing,
        shown=_short, said=_short,
        undo=lambda one: meetings.undo(desk(), one.id, person()),
    )  # fmt: skip


def _form(version: str, months: tuple[str, ...], entered: int) -> None:
    """The keys change with every entry, so that an accepted form is empty again and a refused one keeps its words."""
    names, catalog = store.names(version), load_catalog()
    with st.form(f"decide-{entered}", border=True):
        left, middle, right = st.columns([1, 1.6, 1.2])
        day = left.date_input(
            "会議の日", value="today", min_value=EARLIEST, max_value="today", format="YYYY/MM/DD", key=f"day-{entered}"
        )
        meeting = middle.text_input(
            "会議の名前（必須）", key=f"meeting-{entered}", max_chars=100, placeholder="例：第1回連携推進会議"
        )
        area = right.selectbox(
            "対象", ["", *names], format_func=lambda code: names.get(code, WHOLE), key=f"about-{entered}"
        )
        decision = st.text_area("決定", key=f"decision-{entered}", max_chars=meetings.LONGEST, height=90)
        comment = st.text_area("コメント", key=f"comment-{entered}", max_chars=meetings.LONGEST, height=68)
        ids = st.multiselect(
            "関係する指標", [one.id for one in in_notice_order(catalog.values())], key=f"concerns-{entered}",
            format_func=lambda one: catalog[one].title, max_selections=MOST_INDICATORS,
            placeholder="指標を選ぶ（複数可）",
            help=f"{labels.period_text(months)}の値を、会議の時の数値として一緒に記録します。",
        )  # fmt: skip
        asked = st.form_submit_button("決定を記録する", type="primary", icon=":material/save:")
    if not asked:
        return
    texts = {"会議の名前": meeting or "", "決定": decision or "", "コメント": comment or ""}
    lacking = _lacking(texts, day)
    problems = [one for heading, text in texts.items() for one in problems_of(heading, text)]
    if lacking:
        st.warning(lacking)
    elif problems:
        st.error(NOT_KEPT + "\n\n" + "\n".join(f"- {one}" for one in problems), icon=":material/block:")
    elif isinstance(day, date):
        figures = tuple(figure_of(version, one, months, area or None) for one in ids)
        said = Decision(day, meeting or "", decision or "", comment or "", area or None, figures)
        with own_errors.told():
            record = meetings.enter(desk(), said, person())
            st.session_state[SAID] = f"「{texts['会議の名前'].strip()}」の決定を記録しました（入力：{record.who}）。"
            st.rerun()


def _lacking(texts: dict[str, str], day: object) -> str:
    if not isinstance(day, date):
        return "会議の日を選んでください。"
    if not texts["会議の名前"].strip():
        return "会議の名前を入力してください。"
    if not (texts["決定"].strip() or texts["コメント"].strip()):
        return "決定かコメントを入力してください。"
    return ""


def figure_of(version: str, indicator_id: str, months: tuple[str, ...], area: str | None) -> Figure:
    """The value that the meeting saw, with its mark."""
    indicator = load_catalog()[indicator_id]
    row = view.of_place(version, indicator_id, months, area)
    value = float(row["value"])
    return Figure(
        indicator_id,
        tuple(sentences.span(indicator, months)),
        None if math.isnan(value) or math.isinf(value) else value,
        labels.with_unit(value, indicator.kind, row["state"], row["high"]),
        str(row["state"]),
    )


def table(records: Sequence[Record], names: dict[str, str]) -> pd.DataFrame:
    """Every entry, the newest first, those that were taken back with the word for it."""
    undone = {one.undoes: one for one in records if one.undoes is not None and one.stands}
    rows = []
    for record in reversed([one for one in records if one.undoes is None]):
        said = meetings.decision_of(record)
        back = undone.get(record.id)
        rows.append(
            {
                "会議の日": labels.day_text(said.on.isoformat()),
                "会議": said.meeting,
                "対象": names.get(said.area_code or "", said.area_code or WHOLE),
                "決定": said.decision,
                "コメント": said.comment,
                "会議の時の数値": "、".join(map(_figure_text, said.figures)),
                "入力": f"{record.who}　{record.at.replace('T', ' ')}",
                "状態": f"取り消し（{back.who}　{back.at.replace('T', ' ')}）" if back else "有効",
            }
        )
    return pd.DataFrame(rows)


def _figure_text(figure: Figure) -> str:
    indicator = load_catalog().get(figure.indicator_id)
    title = indicator.title if indicator else figure.indicator_id
    return f"{title} {figure.text}（{labels.period_text(figure.months)}）"


def _short(record: Record) -> str:
    said = meetings.decision_of(record)
    text = said.decision or said.comment
    return f"{labels.day_text(said.on.isoformat())}　{said.meeting}　{text[:30]}{'…' if len(text) > 30 else ''}"
