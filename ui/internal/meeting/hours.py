"""A calculator: staff hours that holding council and support meeting together would save, by assumptions one can edit.

The numbers live in the URL under their own keys. Within a session what was typed wins over the URL, which the browser
sends a moment late when two numbers are changed quickly.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd
import streamlit as st

from metrics.joint_holding import Assumptions, Saved, hours_saved
from ui import tables
from ui.internal.meeting.pairs import defaults
from ui.internal.view import View
from ui.labels.rounding import fixed

TYPED = "hours-typed"


@dataclass(frozen=True)
class Box:
    """One assumption: its name in Assumptions, its key in the URL, what the reader sees, where its default is from."""

    name: str
    key: str
    label: str
    unit: str
    step: float
    most: float
    origin: str


BOXES = (
    Box("meetings", "joinable", "合わせて開ける回数（組）", "組", 1, 500,
        "報告：同じ市区町村で単独開催された地域協議会と支援会議の、少ない方の回数の合計"),
    Box("organisations", "organisations", "両方に出る機関の数（1組当たり）", "機関", 1, 100,
        "報告：両方の会議に出席した機関の数の平均（組がないときは1回当たりの出席機関数）"),
    Box("people", "people", "1機関当たりの出席者数", "人", 1, 20, "仮定：報告にない"),
    Box("travel_minutes", "travel", "1人1回の移動時間（往復、分）", "分", 5, 480, "仮定：報告にない"),
    Box("preparation_minutes", "preparation", "会議1回の準備時間（事務局、分）", "分", 10, 2400, "仮定：報告にない"),
    Box("shared_cases", "shared", "1組当たりの重複ケース数", "件", 0.1, 50, "報告：重複ケース数÷会議の回数"),
    Box("case_minutes", "case_minutes", "1ケースの検討時間（分）", "分", 5, 240, "報告：会議の時間÷検討ケース数"),
)  # fmt: skip


@st.fragment
def section(view: View) -> None:
    """Typing a number draws nothing but this section again."""
    first = defaults(view.version, view.months, view.area)
    typed = _typed()
    rows = [BOXES[:4], BOXES[4:]]
    values: dict[str, float] = {}
    for row in rows:
        for box, column in zip(row, st.columns(4, vertical_alignment="bottom"), strict=False):
            with column:
                values[box.name] = _number(box, getattr(first, box.name), typed)
    st.button("報告と仮定の初めの値に戻す", on_click=_reset, key="hours-reset", icon=":material/restart_alt:")
    _write_url(typed)
    assumed = Assumptions(meetings=int(values.pop("meetings")), **values)
    saved = hours_saved(assumed)
    left, right = st.columns(2)
    left.metric("同日に続けて開く場合", f"{fixed(saved.same_day, 1)}時間", border=True, help="移動が1回で済む分")
    right.metric(
        "一体で開く場合", f"{fixed(saved.as_one, 1)}時間", border=True, help="移動、準備、重複ケースの検討が1回で済む分"
    )
    st.markdown(formula(assumed, saved))
    st.caption(
        f"{view.where}、{view.period}の会議をもとに、置いた前提だけから計算した試算です。実際に減った時間や取組の効果を測ったもの"
        "ではありません。秘密保持、構成員の違い、検討の質など、時間以外の事柄は含みません。"
    )
    tables.data_table(
        lambda: table(assumed, first, saved),
        key="hours",
        title=view.title("合わせて開いた場合の職員時間の試算"),
        about=view.about(
            "試算：置いた前提による計算であり、実績や効果ではありません。", "出典：会議開催・出席記録（市区町村提出）"
        ),
    )


def formula(assumed: Assumptions, saved: Saved) -> str:
    """How the hours come about, in words and figures."""
    who = f"{assumed.meetings}組 × {_plain(assumed.organisations)}機関 × {_plain(assumed.people)}人"
    return (
        f"- 移動：{who} × {_plain(assumed.travel_minutes)}分 ÷ 60 ＝ **{fixed(saved.travel, 1)}** 時間\n"
        f"- 準備：{assumed.meetings}組 × {_plain(assumed.preparation_minutes)}分 ÷ 60 ＝ "
        f"**{fixed(saved.preparation, 1)}** 時間\n"
        f"- 重複ケースの検討：{who} × {_plain(assumed.shared_cases)}件 × {_plain(assumed.case_minutes)}分 ÷ 60 ＝ "
        f"**{fixed(saved.cases, 1)}** 時間\n"
        "- 同日に続けて開く場合は移動だけ、一体で開く場合は3つの合計です。"
    )


def table(assumed: Assumptions, first: Assumptions, saved: Saved) -> pd.DataFrame:
    now, then = asdict(assumed), asdict(first)
    rows = [(box.label, f"{_plain(now[box.name])}", f"{_plain(then[box.name])}", box.origin) for box in BOXES]
    results = (("移動", saved.travel), ("準備", saved.preparation), ("重複ケースの検討", saved.cases),
               ("同日に続けて開く場合", saved.same_day), ("一体で開く場合", saved.as_one))  # fmt: skip
    rows += [(f"結果：{name}（時間）", fixed(hours, 1), "", "計算") for name, hours in results]
    return pd.DataFrame(rows, columns=["項目", "値", "初めの値", "初めの値の出所"])


def _number(box: Box, default: float, typed: dict[str, float]) -> float:
    is_whole = float(box.step).is_integer()
    kind = int if is_whole else float
    widget = f"hours-{box.key}"
    # A new default of another period must show where nothing was typed. What stands there already is left alone: the
    # reader may be typing into it.
    shown = kind(min(typed.get(box.key, default), box.most))
    if st.session_state.get(widget) != shown:
        st.session_state[widget] = shown
    value = st.number_input(
        box.label, min_value=kind(0), max_value=kind(box.most), step=kind(box.step), key=widget,
        on_change=_keep, args=(box.key, widget), help=box.origin, format=None if is_whole else "%.1f",
    )  # fmt: skip
    return float(value)


def _keep(key: str, widget: str) -> None:
    st.session_state[TYPED] = {**_typed(), key: float(st.session_state[widget])}


def _reset() -> None:
    st.session_state[TYPED] = {}


def _typed() -> dict[str, float]:
    """What the reader put in, by the URL's keys; at first what the link says."""
    kept: dict[str, float] | None = st.session_state.get(TYPED)
    if kept is None:
        kept = {box.key: value for box in BOXES if (value := _of_url(box)) is not None}
        st.session_state[TYPED] = kept
    return kept


def _of_url(box: Box) -> float | None:
    try:
        value = float(st.query_params.get(box.key, ""))
    except ValueError:
        return None
    return value if 0 <= value <= box.most else None


def _write_url(typed: dict[str, float]) -> None:
    for box in BOXES:
        stated = _plain(typed[box.key]) if box.key in typed else None
        if stated is not None and st.query_params.get(box.key) != stated:
            st.query_params[box.key] = stated
        elif stated is None and box.key in st.query_params:
            del st.query_params[box.key]


def _plain(value: float) -> str:
    """4 for 4.0, 1.5 for 1.5."""
    return fixed(value, 1).removesuffix(".0")
