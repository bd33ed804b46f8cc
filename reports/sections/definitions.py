"""What the figures mean: definitions of the indicators shown, the marks, how to read them."""

from __future__ import annotations

from dataclasses import replace

from metrics.catalog import Indicator, load_catalog
from reports.content import Cell, Section, Sentences, Table
from reports.sources import Sources, rest
from ui import labels
from ui.labels import chosen

TITLE = "定義"
RULES = (
    "割合の95％信頼区間はウィルソン法、率と比は正確法（10件未満）又はバイアー法、日数の中央値はカプラン・マイヤー法による。"
    "全数を数えた指標に信頼区間はない。",
    "県全体との差は、管理限界と全市区町村を通した偽発見率5％で判定し、件数の少ない市区町村は判定しない。",
    "指標は取組の過程を示すもので、取組の効果を示すものではない。",
)


def marks() -> str:
    return "記号　" + "　".join(f"{mark}：{meaning}" for mark, meaning in labels.LEGEND)


def section(of: Sources) -> Section:
    """Of the indicators that stand in front; a workbook holds those of all on their own sheets."""
    shown = dict.fromkeys([of.indicator.id, *chosen.key_indicators()])
    shown |= dict.fromkeys(one.id for _, group in chosen.columns() for one, _ in group)
    defined = [load_catalog()[one] for one in shown]
    return Section("definitions", TITLE, [Sentences([marks(), *RULES]), replace(table(defined), brief=_brief(defined))])


def _brief(indicators: list[Indicator]) -> Table:
    """In fewer columns, with room for what is long."""
    rows = [[Cell(text) for text in _texts(one)] for one in indicators]
    heads = ["指標（通知、単位）", "分子", "分母", "読み方・注意", "出典"]
    return Table(
        title="主な指標の定義",
        heads=heads,
        rows=[
            [
                Cell(f"{name.text}（{notice.text}、{unit.text}）"),
                numerator,
                denominator,
                Cell(f"{reading.text}{note.text}"),
                source,
            ]
            for name, numerator, denominator, unit, reading, note, notice, source in rows
        ],
        note=rest("全ての指標の定義", TITLE),
    )


def own_section(of: Sources) -> Section:
    """One sheet has no room for all indicators; says where they are."""
    where = "各指標の分子・分母は、Excelの資料の「定義」と、画面の「定義」のページにある。"
    return Section("definitions", TITLE, [Sentences([marks(), *RULES, where])])


def table(indicators: list[Indicator]) -> Table:
    return Table(
        title="主な指標の定義" if len(indicators) < len(load_catalog()) else "全ての指標の定義",
        heads=["指標", "分子", "分母", "単位", "読み方", "注意", "通知", "出典"],
        rows=[[Cell(text) for text in _texts(one)] for one in indicators],
    )


def _texts(one: Indicator) -> list[str]:
    reading = labels.READING_WORDS[one.reading]
    return [one.title, one.numerator, one.denominator, one.unit, reading, one.note, "・".join(one.notice), one.source]
