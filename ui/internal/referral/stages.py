"""How far referrals came. Answers (recommendation, consent) and dated steps stand apart: they are not nested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui import chart, charts, exports, frame, labels, tables
from ui.charts.base import Figure
from ui.charts.flow import Step
from ui.internal import store, words
from ui.internal.memory import kept
from ui.internal.referral.direction import asked, counted
from ui.internal.view import View
from ui.labels.rounding import fixed

COUNTS = (
    "referrals",
    "recommendation_known",
    "recommended",
    "consent_known",
    "consented",
    "handed_over",
    "contacted",
    "planned",
)
DATED = {"handed_over": "つなぎ", "contacted": "初回相談", "planned": "プラン作成"}
# 利用勧奨 is telling people of the support agency: its own referrals elsewhere cannot have it.
WITHOUT_RECOMMENDATION = "support_to_connection"
ANSWERS = "有無の記入による項目（未記入は「なし」ではない）"
DATES = "日付の記入による段階（日付なしは、まだ又は未記入）"


@dataclass(frozen=True)
class Stages:
    direction: str
    counts: dict[str, int]
    sentence: str
    figure: Figure


def section(view: View, direction: str | None) -> None:
    found = [one for way in asked(direction)[:2] if (one := _stages(view.version, view.months, view.area, way))]
    if not found:
        frame.nothing_here(
            "段階を示せません。",
            f"{view.where}には、この期間・方向の紹介の報告がありません。",
            "期間か方向を変えてください。",
        )
        return
    for one, column in zip(found, st.columns(len(found)), strict=True):
        with column:
            st.subheader(words.DIRECTIONS[one.direction])
            st.markdown(one.sentence)
            chart.show(one.figure, key=f"stages-{one.direction}",
                alt=f"{words.DIRECTIONS[one.direction]}の段階別の割合",
            )  # fmt: skip
    st.caption(
        "棒はいずれも紹介件数に対する割合です。利用勧奨と同意は、つなぎの前提とは限らないため、順番に絞り込む図にはしていません。"
        "直近の紹介には、これから進むものが含まれます。"
    )
    tables.data_table(
        lambda: table(found),
        key="stages",
        title=view.title("紹介の段階別の件数"),
        about=view.about("単位：件、％", "出典：相互紹介記録（市区町村提出）"),
        pictures=[exports.Picture(one.figure, words.DIRECTIONS[one.direction]) for one in found],
    )


def table(found: Sequence[Stages]) -> pd.DataFrame:
    rows: list[dict[str, str]] = []
    for one in found:
        name, whole = words.DIRECTIONS[one.direction], one.counts["referrals"]
        rows.append(_row(name, "紹介", whole, whole, 0))
        for step, yes, known in (
            ("利用勧奨", "recommended", "recommendation_known"),
            ("本人同意", "consented", "consent_known"),
        ):
            if step == "利用勧奨" and one.direction == WITHOUT_RECOMMENDATION:
                rows.append(
                    {**_row(name, step, 0, 0, 0), **dict.fromkeys(("件数", "分母", "未記入"), labels.NOT_APPLICABLE)}
                )
                continue
            rows.append(_row(name, step, one.counts[yes], one.counts[known], whole - one.counts[known]))
        rows += [_row(name, word, one.counts[step], whole, None) for step, word in DATED.items()]
    return pd.DataFrame(rows)


def _row(direction: str, step: str, yes: int, of: int, unknown: int | None) -> dict[str, str]:
    share, low, high = store.shares((yes,), (of,))[0]
    return {
        "方向": direction,
        "段階": step,
        "件数": f"{yes:,}",
        "分母": f"{of:,}",
        "割合（％）": labels.value_text(share, "proportion") if of else labels.NOT_APPLICABLE,
        "95％信頼区間": labels.interval_text(low, high, "proportion") if step != "紹介" else "",
        "未記入": labels.UNKNOWN if unknown is None else f"{unknown:,}",
    }


@kept(256)
def _stages(version: str, months: tuple[str, ...], area: str | None, direction: str) -> Stages | None:
    rows = counted("referral_stage", version, months, area, direction)
    counts = {name: int(rows[name].sum()) for name in COUNTS}
    whole = counts["referrals"]
    if not whole:
        return None
    applies = direction != WITHOUT_RECOMMENDATION
    answers = [
        *([_answer("利用勧奨", counts["recommended"], counts["recommendation_known"], whole)] if applies else []),
        _answer("本人同意", counts["consented"], counts["consent_known"], whole),
    ]
    dated = [Step(word, counts[step], whole - counts[step], 0) for step, word in DATED.items()]
    figure = charts.steps([(ANSWERS, answers), (DATES, dated)], whole)
    return Stages(direction, counts, _sentence(counts, applies), figure)


def _answer(name: str, yes: int, known: int, whole: int) -> Step:
    return Step(name, yes, known - yes, whole - known)


def _sentence(counts: dict[str, int], applies: bool) -> str:
    whole = counts["referrals"]

    def share(yes: str, of: int) -> str:
        return f"{fixed(counts[yes] / of * 100, 1)}％" if of else labels.UNKNOWN

    said = f"紹介{whole:,}件のうち、つなぎは**{share('handed_over', whole)}**、初回相談は{share('contacted', whole)}、"
    said += f"プラン作成は{share('planned', whole)}です。"
    if applies:
        known = counts["recommendation_known"]
        said += f"利用勧奨は、記入のある{known:,}件の{share('recommended', known)}（未記入{whole - known:,}件）、"
    else:
        said += "利用勧奨は対象外（-）です。"
    known = counts["consent_known"]
    return said + f"本人同意は、記入のある{known:,}件の{share('consented', known)}（未記入{whole - known:,}件）です。"
