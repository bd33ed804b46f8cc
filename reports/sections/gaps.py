"""Gaps between municipalities beyond chance, and how many more a year closing them would be."""

from __future__ import annotations

import pandas as pd

from metrics.catalog import Indicator, in_notice_order, load_catalog
from metrics.gain import MEDIAN, Gain, reason_against
from metrics.narrowing import BEYOND, WITHIN, Gap
from reports.content import Block, Cell, Chart, Section, Sentences, Series, Table
from reports.sections.cells import COUNT_FORMAT
from reports.sources import Sources, rest
from ui import labels
from ui.charts.grouped import gains
from ui.labels.rounding import fixed, half_up
from ui.labels.sentences import gaps as words

TITLE = "地域差と見込まれる増加"
MOST_BARS, FEW = 12, 3  # on paper, unless only a few more are left
VERDICTS = {BEYOND: "偶然を超える差がある", WITHIN: "差があるとは言えない"}
NOTE = (
    "偶然を除いた標準偏差は、市区町村の値のばらつきから偶然による分を除いたもの。増える計算は、中央値より低い市区町村が全て"
    "中央値に届いた場合の1年の件数で、届くことを見込んだものではありません。"
)


def section(of: Sources) -> Section:
    """What is said of the chosen indicator, who makes up its gain, and a row for every indicator with a gain."""
    indicator = of.indicator
    found, gained = of.gaps.gap(indicator.id, of.months), of.gaps.gain_of(indicator.id, of.months, MEDIAN)
    said = [
        f"{indicator.title}：{words.beyond(indicator, found)}",
        *words.gain(gained, indicator, of.names),
    ]
    blocks: list[Block] = [Sentences(said)]
    if not gained.reason and len(words.shown_rows(gained)):
        blocks.append(_chart(of, indicator, gained, words.shown_rows(gained)))
    return Section("gaps", TITLE, [*blocks, _table(of)])


def _chart(of: Sources, indicator: Indicator, gained: Gain, rows: pd.DataFrame) -> Chart:
    """The municipalities that make up the gain; where they are very many, on paper those that add most."""
    codes = rows["area_code"].tolist()
    others = _others(gained, rows)
    names, unit = [of.names[code] for code in codes], f"{indicator.gain}（件／年）"
    return Chart(
        title=f"{indicator.gain}が増える計算上の件数・市区町村別（{of.period_of(indicator)}）",
        unit="件／年",
        form="bar",
        categories=names,
        series=[
            Series("偶然を除いた計算", [half_up(one) for one in rows["expected"]]),
            Series("観測された値のままの計算", [half_up(one) for one in rows["gain"]]),
        ],
        figure=gains(names, codes, rows.assign(hover=""), unit, None),
        number_format="#,##0.0",
        note=f"{words.ARITHMETIC}{others}",
        native_note=f"{words.ARITHMETIC_IN_WORDS}{others}",
        brief=_chart(of, indicator, gained, rows.head(MOST_BARS)) if len(rows) > MOST_BARS + FEW else None,
    )


def _others(gained: Gain, rows: pd.DataFrame) -> str:
    """How many municipalities the chart leaves out, and what they add up to."""
    left = words.shown_rows(gained).iloc[len(rows) :]
    if left.empty:
        return ""
    return (
        f"多い方から{len(rows)}市区町村。ほかの{len(left)}市区町村は合わせて{fixed(left['expected'].sum(), 0)}件で、"
        + rest("それぞれの件数", TITLE)
    )


def _table(of: Sources) -> Table:
    """Every indicator that a gap can be told of, or that has a gain."""
    rows = []
    for indicator in in_notice_order(load_catalog().values()):
        found = of.gaps.gap(indicator.id, of.months)
        if found.verdict not in VERDICTS:
            continue
        rows.append([Cell(indicator.title), *_gap_cells(indicator, found), *_gain_cells(of, indicator)])
    return Table(
        title=f"市区町村の間の差と、中央値に届いた場合の件数（{of.period}）",
        heads=[
            *("指標", "差の判定", "偶然を除いた標準偏差", "値のある市区町村"),
            *("中央値", "増える計算（件／年）", "95％以上の確からしさの範囲"),
        ],
        rows=rows,
        number_formats={3: COUNT_FORMAT, 5: COUNT_FORMAT},
        note=NOTE,
    )


def _gap_cells(indicator: Indicator, found: Gap) -> list[Cell]:
    width = words.width_text(found.between_sd, indicator.kind) if found.verdict == BEYOND else labels.NOT_APPLICABLE
    return [Cell(VERDICTS[found.verdict]), Cell(width), Cell(f"{found.areas}", float(found.areas))]


def _gain_cells(of: Sources, indicator: Indicator) -> list[Cell]:
    """Benchmark, gain, range; the mark of 「該当なし」 where nothing is calculated."""
    if reason_against(indicator):
        return [Cell(labels.NOT_APPLICABLE, None, "not_applicable")] * 3
    gained = of.gaps.gain_of(indicator.id, of.months, MEDIAN)
    if gained.reason:
        return [Cell(labels.NOT_APPLICABLE, None, "not_applicable")] * 3
    return [
        Cell(labels.with_unit(gained.benchmark, indicator.kind)),
        Cell(fixed(gained.expected, 0), gained.expected),
        Cell(f"{fixed(gained.low, 0)}～{fixed(gained.high, 0)}"),
    ]
