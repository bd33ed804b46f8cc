"""概況: what the prefecture does, in sentences and key figures of the latest fiscal year."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from metrics.catalog import ALL
from ui import labels, theme
from ui.public import figures, plain, store

STYLE = (
    "<style>.pf{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:.7rem}"
    ".pf a{display:block;border:1px solid " + theme.GRID + ";border-radius:.5rem;padding:.6rem .8rem;"
    "color:" + theme.INK + ";text-decoration:none}.pf a:hover,.pf a:focus{border-color:" + theme.MAIN + "}"
    ".pf .t{display:block;font-weight:600;font-size:.92rem;color:" + theme.MAIN + "}"
    ".pf .v{display:block;font-size:1.6rem;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.5}"
    ".pf .i{display:block;font-size:.8rem;color:" + theme.MUTED + "}.pf .p{display:block;font-size:.85rem;"
    "margin-top:.2rem;line-height:1.6}@media print{.pf a{break-inside:avoid}}</style>"
)


@dataclass(frozen=True)
class Key:
    """One key figure of the prefecture: the latest fiscal year and the one before, NaN-rows left out."""

    indicator: Mapping[str, Any]
    now: Any
    before: Any | None

    @property
    def kind(self) -> str:
        return str(self.indicator["kind"])


@st.cache_data(max_entries=4, show_spinner=False)
def keys(version: str) -> list[Key]:
    """The key indicators that the release holds for a fiscal year, each with its latest one."""
    known = store.indicators(version)
    chosen = [one for one in plain.KEY_INDICATORS if one in known] or list(known)[:6]
    found = []
    for one in chosen:
        cells = store.cells(version, one, None, store.prefecture(version)[0])
        cells = cells[cells["breakdown"].eq(ALL) & ~cells["period"].str.contains("-")]
        rows = list(cells.sort_values("period").itertuples(index=False, name="Cell"))
        if rows:
            found.append(Key(known[one], _plain(rows[-1]), _plain(rows[-2]) if len(rows) > 1 else None))
    return found


def _plain(row: Any) -> pd.Series:
    """A row that a cache can keep."""
    return pd.Series(row._asdict())


def sentences(version: str) -> list[str]:
    """What the prefecture does and what the figures say, five sentences at most."""
    name = store.prefecture(version)[1]
    said = [
        f"{name}では、孤独・孤立で困っている人を支える窓口と、お金・仕事・住まいなど生活の困りごとを支える窓口が、"
        "お互いに人を紹介し、一緒に話し合う取組を進めています。二つの困りごとは、互いに影響し合うためです。"
    ]
    by_id = {str(key.indicator["indicator_id"]): key for key in keys(version)}
    said += [_told(key) for one in ("handover_rate", "contact_within_30_days") if (key := by_id.get(one))]
    if platform := by_id.get("platform_established"):
        said.append(_established(platform))
    return [*said, _sent(version)]


def _told(key: Key) -> str:
    when = labels.period_name(key.now.period)
    if key.now.state in figures.SAID:
        return f"{when}の「{key.indicator['title']}」の県全体の値は、「{figures.SAID[key.now.state]}」となっています。"
    value = labels.bold(labels.with_unit(key.now.value, key.kind, key.now.state, key.now.high))
    counts = figures.counts_text(key.now, key.kind)
    said = f"{when}の「{key.indicator['title']}」は、県全体で{value}" + (f"（{counts}）" if counts else "") + "でした。"
    if key.before is not None and pd.notna(key.now.value) and pd.notna(key.before.value):
        change = labels.change_text(key.now.value, key.before.value, key.kind)
        said += f"前の年度との差は{change}です。"
    return said


def _established(key: Key) -> str:
    when, counts = labels.period_name(key.now.period), figures.row_counts(key.now)
    return (
        f"行政と民間の団体が集まる「官民連携プラットフォーム」を設けているのは、{when}に、"
        f"回答のあった{counts[1]}市区町村のうち**{counts[0]}**市区町村でした。"
    )


def _sent(version: str) -> str:
    """How many municipalities stand behind the figures, and how much is hidden, of the first key indicator."""
    if not keys(version):
        return "年度の値は、まだ公表していません。「指標」の画面で、公表した月の値を見られます。"
    key = keys(version)[0]
    cells = store.cells(version, str(key.indicator["indicator_id"]), (key.now.period,))
    level = cells["area_code"].map(store.areas(version).set_index("area_code")["level"])
    each = cells[cells["breakdown"].eq(ALL) & level.eq("municipality")]
    return f"「{key.indicator['title']}」について、{figures.tally(each['state'].tolist())}"


def cards_html(found: Sequence[Key]) -> str:
    """The key figures, each a link to its indicator."""
    return STYLE + "<div class=pf>" + "".join(_card(key) for key in found) + "</div>"


def _card(key: Key) -> str:
    link = f"indicator?indicator={key.indicator['indicator_id']}&fy={key.now.period}"
    value = labels.with_unit(key.now.value, key.kind, key.now.state, key.now.high)
    counts, interval = figures.counts_text(key.now, key.kind), figures.interval_of(key.now, key.kind)
    more = [labels.period_name(key.now.period), counts, f"95％信頼区間 {interval}" if interval else ""]
    return (
        f'<a href="{html.escape(link)}" target="_self"><span class=t>{html.escape(str(key.indicator["title"]))}</span>'
        f"<span class=v>{html.escape(value)}</span><span class=i>{html.escape('　'.join(filter(None, more)))}</span>"
        f"<span class=p>{html.escape(plain.in_plain_words(key.indicator))}</span></a>"
    )
