"""The published cases: a list by theme, and one case as it is read and printed. Whom to ask is not published."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from ui import frame, labels, tables, theme
from ui.public import store
from ui.public.head import about
from ui.url import url_select

CASE = "case"
BLANK = "（記入なし）"
SHOWN = 60  # letters of a text in the list
# What a list says of a case first: the reason, else whatever the sheet holds.
FIRST = ("取り組もうとした理由・きっかけ", "まず始めたこと", "工夫")
STYLE = (
    "<style>.pc{font-size:.95rem;line-height:1.8;color:" + theme.INK + "}.pc h3{font-size:1rem;margin:.7rem 0 .1rem;"
    "padding:0}.pc p{margin:0 0 .4rem;white-space:pre-line;overflow-wrap:anywhere}"
    ".pc .m{color:" + theme.MUTED + ";font-size:.85rem}.pc a{color:" + theme.MAIN + "}"
    ".pl-list{list-style:none;padding:0;margin:0}.pl-list li{border:1px solid " + theme.GRID + ";border-radius:.5rem;"
    "padding:.5rem .8rem;margin:0 0 .5rem}.pl-list a{font-weight:600}</style>"
)


def section(version: str) -> None:
    """The list, or the case that the link names."""
    found = store.examples(version)
    if found.empty:
        frame.nothing_here(
            "公表している事例はありません。",
            "市区町村が公表してよいとした事例を、県が確かめてから載せます。",
            "次の公表をお待ちください。",
        )
        return
    rows = {str(row["example_id"]): row for row in found.to_dict("records")}
    wanted = st.query_params.get(CASE)
    if wanted is not None and wanted not in rows:
        st.warning("指定された事例は、公表していないか、公表をやめています。一覧から選んでください。")
    if wanted in rows:
        one_case(version, rows[wanted])
    else:
        list_of_cases(version, rows)


def list_of_cases(version: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
    themes = sorted({str(row["theme"]) for row in rows.values()})
    left, _ = st.columns([1, 1])
    with left:
        chosen = url_select("テーマ", ["", *themes], "theme", shown=lambda one: one or "全て")
    shown = {key: row for key, row in rows.items() if chosen in ("", str(row["theme"]))}
    part = f"このうち「{chosen}」は**{len(shown)}**件です。" if chosen else ""
    st.markdown(f"公表している事例は**{len(rows)}**件です。{part}")
    items = "".join(f"<li>{_item(version, key, row)}</li>" for key, row in shown.items())
    st.html(f"{STYLE}<ul class='pc pl-list'>{items}</ul>")
    tables.data_table(
        lambda: table(version, shown), key="cases", title="公表している取組事例",
        about=about(version, "取組後の数値は、取組による効果を示すものではありません。"),
    )  # fmt: skip


def _item(version: str, key: str, row: Mapping[str, Any]) -> str:
    sheet = sheet_of(row)
    text = next((sheet[one] for one in FIRST if sheet.get(one)), "")
    text = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return (
        f'<a href="cases?{CASE}={quote(key)}" target="_self">{html.escape(str(row["title"]))}</a>'
        f"<div class=m>{html.escape(_where(version, row))}</div><div>{html.escape(text)}</div>"
    )


def _where(version: str, row: Mapping[str, Any]) -> str:
    names = store.area_names(version)
    started = row["started"]
    when = f"{labels.day_text(started)}開始" if isinstance(started, str) and len(started) == 10 else started
    parts = [names.get(str(row["area_code"]), str(row["area_code"])), str(row["theme"])]
    return "　｜　".join([*parts, when] if isinstance(when, str) and when else parts)


def one_case(version: str, row: Mapping[str, Any]) -> None:
    """The whole sheet under its title, with the way back."""
    st.html(f'{STYLE}<div class=pc><a href="cases" target="_self">← 一覧に戻る</a></div>')
    st.header(str(row["title"]), anchor=False)
    body = "".join(
        f"<h3>{html.escape(heading)}</h3><p>{html.escape(text) or BLANK}</p>" for heading, text in sheet_of(row).items()
    )
    st.html(f"<div class=pc><div class=m>{html.escape(_where(version, row))}</div>{body}</div>")
    st.caption("取組後の数値は取組後の変化であり、取組による効果を示すものではありません。")


def sheet_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Heading → text of a case, in the order to show."""
    sheet = row["sheet"]
    found: dict[str, str] = json.loads(sheet) if isinstance(sheet, str) else dict(sheet)
    return {heading: text or "" for heading, text in found.items()}


def table(version: str, rows: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """All published fields, one row a case."""
    names = store.area_names(version)
    return pd.DataFrame(
        [
            {
                "団体コード": row["area_code"],
                "市区町村": names.get(str(row["area_code"]), ""),
                "事例名": row["title"],
                "テーマ": row["theme"],
                **sheet_of(row),
            }
            for row in rows.values()
        ]
    ).fillna(labels.NOT_APPLICABLE)
