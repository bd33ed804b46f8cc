"""Which way the referrals went: the filter, and the counts of the asked directions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui.internal import store, words
from ui.internal.memory import kept
from ui.internal.view import View
from ui.url import url_select

EVERY = "全ての方向"


def direction_filter() -> str | None:
    """One direction, or all of them (None); kept in the URL as direction=connection_to_support."""
    options, (left, _) = ["", *words.DIRECTIONS], st.columns([1, 2])
    with left:
        return url_select("方向", options, "direction", shown=lambda one: words.DIRECTIONS.get(one, EVERY)) or None


def asked(direction: str | None) -> list[str]:
    return [direction] if direction else list(words.DIRECTIONS)


def counted(
    tally_id: str, version: str, months: tuple[str, ...], area: str | None, direction: str | None
) -> pd.DataFrame:
    """A tally's rows of the asked municipality and direction."""
    rows = store.tally(version, tally_id, months)
    rows = rows[rows["direction"].isin(asked(direction))]
    return rows[rows["area_code"] == area] if area else rows


def headline(view: View) -> str:
    """How many referrals there were, each way."""
    return f"{view.period}の{view.where}の紹介は{_headline(view.version, view.months, view.area)}"


@kept(256)
def _headline(version: str, months: tuple[str, ...], area: str | None) -> str:
    rows = counted("referral_stage", version, months, area, None)
    by_way = rows.groupby("direction")["referrals"].sum()
    each = "、".join(f"{name} **{int(by_way.get(code, 0)):,}** 件" for code, name in words.DIRECTIONS.items())
    return f" **{int(by_way.sum()):,}** 件です（{each}）。"
