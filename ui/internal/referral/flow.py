"""From which department to which agency, and with what result: the flow and its table."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui import chart, charts, exports, frame, tables
from ui.charts.base import Figure
from ui.charts.flow import Link, gathered
from ui.internal import words
from ui.internal.memory import kept
from ui.internal.referral.direction import counted
from ui.internal.view import View
from ui.labels.rounding import fixed
from ui.rows import rows_of
from ui.wide import wide

HEADS = ("紹介元（部署等の区分）", "紹介先（機関の区分）", "結果")
STEPS = ("agency", "result")
MOST_ON_PHONE = 12


@dataclass(frozen=True)
class Flow:
    """What the section shows. phone: the largest flows as an HTML table, for screens too narrow for the figure."""

    sentence: str
    figure: Figure
    phone: str


def section(view: View, direction: str | None) -> None:
    found = _flow(view.version, view.months, view.area, direction)
    if found is None:
        frame.nothing_here(
            "紹介がありません。",
            f"{view.where}には、この期間・方向の紹介の報告がありません。",
            "期間、市区町村か方向を変えてください。",
        )
        return
    st.markdown(found.sentence)
    st.html(found.phone)
    with wide("flow"):
        chart.show(found.figure, key="flow", alt="紹介元から紹介先、結果までの件数の流れ")
    st.caption(
        "帯の太さは件数。区分は、報告された部署名・機関名を対応表で分けたもの。全体の3％に満たない区分が2つ以上あるときは"
        "「ほか」にまとめ、下の表には分けて載せています。結果は報告時点のもので、未記入は「つながらず」ではありません。"
    )
    tables.data_table(
        lambda: table(view.version, view.months, view.area, direction),
        key="flow",
        title=view.title("紹介の流れ"),
        about=view.about("単位：件", "出典：相互紹介記録（市区町村提出）"),
        pictures=[exports.Picture(found.figure)],
    )


@kept(256)
def links(version: str, months: tuple[str, ...], area: str | None, direction: str | None) -> list[Link]:
    """All flows of the asked referrals, the largest first."""
    rows = counted("referral_link", version, months, area, direction)
    sums = rows.groupby(["step", "source", "target"], as_index=False)["referrals"].sum()
    found = [
        Link(STEPS.index(row.step), row.source, row.target if row.step == "agency" else words.result(row.target), count)
        for row in rows_of(sums)
        if (count := int(row.referrals))
    ]
    return sorted(found, key=lambda link: (link.column, -link.amount, link.source, link.target))


def table(version: str, months: tuple[str, ...], area: str | None, direction: str | None) -> pd.DataFrame:
    """Every flow, small ones too."""
    found = links(version, months, area, direction)
    kinds = ("紹介元→紹介先", "紹介先→結果")
    return pd.DataFrame(
        {
            "区間": [kinds[link.column] for link in found],
            "から": [link.source for link in found],
            "へ": [link.target for link in found],
            "件数": [f"{link.amount:,}" for link in found],
        }
    )


@kept(256)
def _flow(version: str, months: tuple[str, ...], area: str | None, direction: str | None) -> Flow | None:
    found = links(version, months, area, direction)
    if not found:
        return None
    first, second = ([link for link in found if link.column == column] for column in (0, 1))
    total = sum(link.amount for link in first)
    return Flow(
        f"{total:,}件のうち、紹介元で最も多いのは{_most(first, 'source', total)}、"
        f"紹介先は{_most(first, 'target', total)}、結果は{_most(second, 'target', total)}です。",
        charts.flow(gathered(found), HEADS),
        _on_phone(first),
    )


def _most(found: list[Link], end: str, total: int) -> str:
    sums: dict[str, int] = {}
    for link in found:
        sums[getattr(link, end)] = sums.get(getattr(link, end), 0) + link.amount
    name = max(sums, key=lambda one: sums[one])
    return f"「{name}」（{sums[name]:,}件、{fixed(sums[name] / total * 100, 1)}％）"


def _on_phone(found: list[Link]) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(link.source)}<td>{html.escape(link.target)}<td>{link.amount:,}"
        for link in found[:MOST_ON_PHONE]
    )
    rest = f"<p>ほかに{len(found) - MOST_ON_PHONE}通り（表に全て）。</p>" if len(found) > MOST_ON_PHONE else ""
    return (
        f"<div class=phone-only><table><tr><th>紹介元<th>紹介先<th>件数{rows}</table>{rest}"
        "<p>下の図は横に動かして見られます。</p></div>"
    )
