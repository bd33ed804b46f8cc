"""Municipality × practice for one fiscal year, with what changed since the year before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import labels, tables
from ui.internal import store
from ui.internal.memory import kept
from ui.internal.practice.answers import answers
from ui.internal.view import ordered
from ui.labels import practices
from ui.labels.practices import ITEMS, PRACTICES, cell, of_four
from ui.matrix import matrix_html


def section(version: str, fiscal_year: int, area: str | None, about: list[str]) -> None:
    st.html(_matrix(version, fiscal_year, area))
    st.caption(
        "「継続（R5～）」は、途切れずに「有」と報告された最初の年度（報告のない年度より前は分かりません）。"
        "回数の（ ）は前年度との差。"
        "色の付いたマスは実施、濃いマスは新たに実施・回数の増加を示し、良し悪しの評価では"
        "ありません。"
        "未提出：その年度の報告が届いていない　…：未記入・不明　-：該当しない　x：秘匿"
    )
    tables.data_table(
        lambda: table(version, fiscal_year),
        key="practice",
        title=f"日常の連携・市区町村別（{labels.fiscal_year_text(fiscal_year)}）",
        about=about,
    )


def heads() -> list[str]:
    return [name for name, _ in ITEMS.values()]


@kept(256)
def _matrix(version: str, fiscal_year: int, area: str | None) -> str:
    names, found = store.names(version), answers(version, fiscal_year)
    codes = ordered(found, area)
    return matrix_html(
        [names[code] for code in codes],
        ["4つの取組のうち実施", *heads()],
        [[of_four(found[code]), *(cell(one) for one in found[code].values())] for code in codes],
        title=f"日常の連携（{labels.fiscal_year_text(fiscal_year)}）",
        groups=[("", 1), ("通知の4つの取組", len(PRACTICES)), ("利用勧奨", len(ITEMS) - len(PRACTICES))],
        chosen=names[area] if area else None,
    )


def table(version: str, fiscal_year: int) -> pd.DataFrame:
    """Every answer with its change and its first year, as text."""
    names = store.names(version)
    rows = []
    for code, own in answers(version, fiscal_year).items():
        row = {"市区町村": names[code], "4つの取組のうち実施": of_four(own).text}
        for (name, _), one in zip(ITEMS.values(), own.values(), strict=True):
            row[name] = one.text
            row[f"{name}・前年度との比較"] = one.change
            row[f"{name}・最初の年度"] = labels.fiscal_year_text(one.since) if one.since else ""
        rows.append(row)
    return pd.DataFrame(rows)


@kept(32)
def sentences(version: str, fiscal_year: int) -> list[str]:
    return practices.sentences(answers(version, fiscal_year), store.names(version), fiscal_year)


def own_sentence(version: str, fiscal_year: int, area: str) -> str:
    return practices.own_sentence(answers(version, fiscal_year)[area], store.names(version)[area], fiscal_year)
