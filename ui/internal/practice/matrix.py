"""Municipality × practice for one fiscal year, with what changed since the year before."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ui import labels, tables
from ui.internal import store
from ui.internal.practice.answers import BEGUN, ENDED, ITEMS, PRACTICES, Answer, answers, done
from ui.internal.view import ordered
from ui.matrix import Cell, matrix_html

DONE_SHADE = 1
BEGUN_SHADE = 2


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


@st.cache_data(max_entries=64, show_spinner=False)
def _matrix(version: str, fiscal_year: int, area: str | None) -> str:
    names, found = store.names(version), answers(version, fiscal_year)
    codes = ordered(found, area)
    return matrix_html(
        [names[code] for code in codes],
        ["4つの取組のうち実施", *heads()],
        [[_of_four(found[code]), *(_cell(one) for one in found[code].values())] for code in codes],
        title=f"日常の連携（{labels.fiscal_year_text(fiscal_year)}）",
        groups=[("", 1), ("通知の4つの取組", len(PRACTICES)), ("利用勧奨", len(ITEMS) - len(PRACTICES))],
        chosen=names[area] if area else None,
    )


def _of_four(own: Mapping[str, Answer]) -> Cell:
    yes, known = done(own)
    if not known:
        state = "not_sent" if any(one.state == "not_sent" for one in own.values()) else "not_applicable"
        return Cell(labels.NOT_SENT if state == "not_sent" else labels.UNKNOWN, state)
    blank = len(PRACTICES) - known
    return Cell(f"{yes}" + (f"（不明{blank}）" if blank else ""))


def _cell(one: Answer) -> Cell:
    is_more = one.change == BEGUN or (one.change.startswith("+"))
    shade = None if not one.is_done else BEGUN_SHADE if is_more else DONE_SHADE
    return Cell(one.text + _note(one), one.state, shade)


def _note(one: Answer) -> str:
    """What stands in brackets behind an answer."""
    if not one.change:
        return ""
    is_going_on = one.since is not None and not one.text.endswith("回") and one.change != BEGUN
    since = f"（{labels.short_fiscal_year(one.since)}～）" if is_going_on and one.since else ""
    return f"（{one.change}）" if one.text.endswith("回") else f"・{one.change}{since}"


def table(version: str, fiscal_year: int) -> pd.DataFrame:
    """Every answer with its change and its first year, as text."""
    names = store.names(version)
    rows = []
    for code, own in answers(version, fiscal_year).items():
        row = {"市区町村": names[code], "4つの取組のうち実施": _of_four(own).text}
        for (name, _), one in zip(ITEMS.values(), own.values(), strict=True):
            row[name] = one.text
            row[f"{name}・前年度との比較"] = one.change
            row[f"{name}・最初の年度"] = labels.fiscal_year_text(one.since) if one.since else ""
        rows.append(row)
    return pd.DataFrame(rows)


@st.cache_data(max_entries=32, show_spinner=False)
def sentences(version: str, fiscal_year: int) -> list[str]:
    """How many reported, how many do all or none of the four, and what began or ended."""
    names, found = store.names(version), answers(version, fiscal_year)
    counted = {code: done(own) for code, own in found.items() if any(one.state != "not_sent" for one in own.values())}
    four = len(PRACTICES)
    every = sum(yes == four for yes, _ in counted.values())
    none = [names[code] for code, (yes, known) in counted.items() if not yes and known == four]
    doubtful = [names[code] for code, (yes, known) in counted.items() if not yes and known < four]
    said = [
        f"{labels.fiscal_year_text(fiscal_year)}の年次連携状況は、{len(found)}市区町村のうち**{len(counted)}**市区町村が"
        f"報告し、4つの取組の全てを実施しているのは**{every}**市区町村です。",
        f"4つとも実施していないと報告したのは**{len(none)}**市区町村です" + _listed(none) + "。",
    ]
    if doubtful:
        said.append(f"実施の報告がなく、未記入を含むのは{len(doubtful)}市区町村です{_listed(doubtful)}。")
    changes = []
    for item, (name, _) in ITEMS.items():
        own = [one[item] for one in found.values()]
        begun, ended = sum(map(_began, own)), sum(map(_stopped, own))
        changes.append(f"{name.removesuffix('（回）')}（新たに{begun}、なくなった{ended}）")
    return [*said, f"前年度の報告と比べた市区町村の数は、{'、'.join(changes)}です。"]


def _listed(names: list[str]) -> str:
    return f"（{'、'.join(names)}）" if names else ""


def _began(one: Answer) -> bool:
    """Done now and not the year before; a number of times began when all of it is new."""
    return one.change == BEGUN or (bool(one.is_done) and one.change == f"+{one.text.removesuffix('回')}")


def _stopped(one: Answer) -> bool:
    return one.change == ENDED or (one.is_done is False and one.change.startswith("-"))


@st.cache_data(max_entries=64, show_spinner=False)
def own_sentence(version: str, fiscal_year: int, area: str) -> str:
    """One municipality's answers in a line."""
    own = answers(version, fiscal_year)[area]
    each = "、".join(
        f"{name}は{one.text}{_note(one)}" for (name, _), one in zip(ITEMS.values(), own.values(), strict=True)
    )
    return f"{store.names(version)[area]}の{labels.fiscal_year_text(fiscal_year)}：{each}。"
