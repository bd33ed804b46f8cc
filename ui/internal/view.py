"""What a page of flows and matrices looks at: one database version, some months, one municipality or all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ui import filters, labels
from ui.internal import store
from ui.internal.memory import kept
from ui.labels import sent as of_return

WHOLE = "県全体"


@dataclass(frozen=True)
class View:
    """months: the asked ones in order. area: a code, None for the prefecture. where: its name."""

    version: str
    months: tuple[str, ...]
    area: str | None
    where: str

    @property
    def period(self) -> str:
        return labels.period_text(self.months)

    def title(self, what: str) -> str:
        return f"{what}（{self.where}、{self.period}）"

    def about(self, *lines: str) -> list[str]:
        """Lines that a download carries: invented or not, months, as of when, then the lines given."""
        return [*_marks(self.version), f"期間：{self.period}", *lines]


def chosen(version: str) -> View:
    """The filters that all these pages share, in one row: 年度, 月, 市区町村."""
    names = store.names(version)
    months, area = filters.place_and_time(store.reported_months(version), names, WHOLE)
    return View(version, tuple(months), area, names[area] if area else WHOLE)


def _marks(version: str) -> list[str]:
    meta = store.meta(version)
    invented = [labels.SAMPLE_NOTICE] if meta.get("sample") == "1" else []
    return [*invented, *([f"データ時点：{labels.day_text(meta['data_end'])}まで"] if meta.get("data_end") else [])]


def sources(version: str, what: str) -> list[str]:
    """The foot of a page made from one or more returns."""
    return [
        f"出典：{what}（市区町村提出）",
        f"集計：{store.meta(version)['built_at'][:10]}　取組の過程を数えたもので、取組の効果を示すものではありません。",
    ]


@kept(256)
def sent(version: str, return_id: str, months: tuple[str, ...]) -> dict[str, str]:
    """What each municipality sent of a return over the months: 'value' (all of them), 'partial' or 'not_sent'."""
    return of_return.over_months(store.coverage(version), store.areas(version)["area_code"], months, return_id)


def sent_sentence(view: View, return_id: str, title: str) -> str:
    """How much of a return is there for what the page looks at."""
    found = sent(view.version, return_id, view.months)
    if view.area:
        said = {"value": "期間の全ての月を受け取っています", "partial": "一部だけを受け取っています"}
        return f"{view.where}の{title}は、{said.get(found[view.area], '未提出です')}。"
    return of_return.sentence(found, title)


def ordered(codes: Iterable[str], area: str | None) -> list[str]:
    """The codes in their order, the chosen one first: a long matrix then shows it without scrolling."""
    return sorted(codes, key=lambda code: code != area)


def of_place(version: str, indicator_id: str, months: tuple[str, ...], area: str | None) -> pd.Series:
    """The estimate of an indicator for the prefecture or one municipality."""
    if area is None:
        return store.of_whole(version, indicator_id, months)
    each = store.of_areas(version, indicator_id, months)
    return each.iloc[each["area_code"].tolist().index(area)]
