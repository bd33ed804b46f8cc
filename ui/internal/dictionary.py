"""The sections of the dictionary page, made from the declarations of the returns and the rules of the intake."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from etl.declare import Return, all_returns
from etl.dictionary import (
    LEVELS,
    UNVERIFIED,
    choices,
    entries,
    identity_words,
    other_spellings,
    rules_in_words,
    version_words,
    without_places,
)
from etl.template import template_name, write_template
from ui import filters, tables

_ORDER = ("referral", "meeting", "consultation", "practice", "example")
_PERIODS = {
    "date": "最初の行から最後の行までの月を報告したものとして扱います。その間の行のない月は0件です。",
    "month": "行のある月だけを報告したものとして扱います。行のない月は未提出で、0件のときは「0」と書きます。",
    "fiscal_year": "行のある年度の12か月を報告したものとして扱います。",
    "": "月ごとに提出するものではないため、未提出の月は数えません。",
}
_SHOWN_HEADINGS = 40
_TALL = 72


def chosen_return() -> Return:
    """The return the page is about, kept in the link."""
    returns = all_returns()
    ids = [*(one for one in _ORDER if one in returns), *(one for one in returns if one not in _ORDER)]
    return returns[filters.return_filter({one: returns[one].title for one in ids})]


def template_section(declared: Return) -> None:
    required = "、".join(f"「{field.heading}」" for field in declared.required)
    st.markdown(
        f"- **1行に書くもの**：{declared.grain}\n"
        f"- **様式の版**：{version_words(declared)}\n"
        f"- **必ず書くもの**：市区町村（表題でもよい）と{required}\n"
        f"- **重ねて書けないもの**：「{identity_words(declared)}」が同じ行\n"
        f"- **報告した期間**：{_PERIODS[declared.time]}"
    )
    st.download_button(
        "入力様式をダウンロード",
        data=lambda: write_template(declared),
        file_name=template_name(declared),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
        key=f"template-{declared.id}",
        type="primary",
        icon=":material/download:",
    )
    st.caption("入力、記入例、用語と選択肢の3つのシートがあります。「入力」シートだけを記入し、そのまま提出できます。")


def fields_section(declared: Return) -> None:
    told = entries(declared)
    table = pd.DataFrame(
        [
            {
                "項目": entry.heading,
                "必須": "必須" if entry.is_required else "任意",
                "種類": entry.kind,
                "書き方": entry.how,
                "決まり": "。".join(entry.rules),
                "選択肢": "、".join(entry.choices),
            }
            for entry in told
        ]
    )
    _table(table, f"fields-{declared.id}", {"書き方": "large", "決まり": "large", "選択肢": "large"})
    _save(table, f"{declared.title}の項目", [version_words(declared)])
    with st.expander("読み取れる見出し"):
        st.caption("列の順序は自由です。全角と半角、空白、改行の違いは区別しません。")
        accepted = [(entry.heading, f"{len(entry.accepted)}", _few(entry.accepted)) for entry in told]
        headings = pd.DataFrame(accepted, columns=["見出し", "数", "この見出しでも読み取ります"])
        _table(headings, f"headings-{declared.id}", {"この見出しでも読み取ります": "large"})


def choices_section(declared: Return) -> None:
    rows = []
    for field, entry in zip(declared.fields, entries(declared), strict=True):
        others = other_spellings(field)
        for word in choices(field):
            if field.code_list or others:
                rows.append((word, field.heading, "、".join(others.get(word, ())), entry.list_version))
    if not rows:
        st.markdown("この様式に、選んで書く項目はありません。")
        return
    table = pd.DataFrame(rows, columns=["選択肢", "項目", "同じものとして読み取る語", "一覧の版"])
    _table(table, f"choices-{declared.id}", {"同じものとして読み取る語": "large", "一覧の版": "medium"})
    st.caption("有無の項目は、ほかに ○・×、あり・なし、済・未、1・0 も読み取ります。")
    st.caption(UNVERIFIED)


def rules_section() -> None:
    """Every rule with what to do, those that send a file back first."""
    rules = rules_in_words()
    counts = {level: sum(rule.level == level for rule in rules) for level in LEVELS}
    st.markdown(
        f"**差し戻し**（{counts['file']}件）はファイル全体を受け取らず、内容を保存しません。"
        f"**保留**（{counts['row']}件）はその行だけを除いて受け入れます。"
        f"**お知らせ**（{counts['notice']}件）は受け入れたうえで伝えるものです。"
    )
    table = pd.DataFrame(
        [(LEVELS[one.level], without_places(one.message), without_places(one.action)) for one in rules],
        columns=["扱い", "内容", "どうすればよいか"],
    )
    _table(table, "rules", {"内容": "large", "どうすればよいか": "large"})
    _save(table, "受付の決まり", [])


def _few(headings: Sequence[str]) -> str:
    more = len(headings) - _SHOWN_HEADINGS
    return "、".join(headings[:_SHOWN_HEADINGS]) + (f" ほか{more}" if more > 0 else "")


def _table(table: pd.DataFrame, key: str, widths: dict[str, str]) -> None:
    columns = {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}  # type: ignore[arg-type]
    st.dataframe(table, hide_index=True, width="stretch", key=key, row_height=_TALL, column_config=columns)
    st.html(tables.on_paper(table))


def _save(table: pd.DataFrame, title: str, about: Sequence[str]) -> None:
    st.download_button(
        "CSVで保存（UTF-8）",
        data=lambda: tables.csv_bytes(table, [title, *about]),
        file_name=f"{title}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"save-{title}",
        icon=":material/download:",
    )
