"""What a pack holds, before any format: sections of blocks whose texts are final.

Writers (pptx, xlsx, pdf) lay blocks out and never compute, round or word anything, so that a figure reads the same in
every format and on the page. A number that a spreadsheet should calculate with stands beside its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

# A figure of ui.charts: a plotly dictionary, drawn as it is on paper.
Figure: TypeAlias = dict[str, Any]
REFERENCE = "reference"  # the state of a bar to compare with


@dataclass(frozen=True)
class Sentences:
    """Facts, one a bullet. `**…**` marks what is set bold."""

    items: Sequence[str]


@dataclass(frozen=True)
class KeyNumber:
    """A key figure in the words of the card on the page: 「64.5％」, 「61.2～67.6」, 「前年同期差 +3.2ポイント」."""

    title: str
    value: str
    interval: str
    counts: str
    change: str
    state: str = "value"


@dataclass(frozen=True)
class KeyNumbers:
    items: Sequence[KeyNumber]


@dataclass(frozen=True)
class Cell:
    """One cell of a table: the text that is read, with its mark; the number behind it where there is one.

    shade: 0-1, how dark its background is in its column; None without. state: one of the five.
    """

    text: str
    number: float | None = None
    state: str = "value"
    shade: float | None = None


@dataclass(frozen=True)
class Table:
    """Heads and rows of equal length. number_format: Excel's, of a column with numbers ('0.0%'), by its place.

    brief: what pages and slides show in its stead, where all of it would fill many; its note says where the rest is.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    number_formats: Mapping[int, str] = field(default_factory=dict)
    note: str = ""
    # Groups of heads, (title, number of columns), left to right; empty without.
    groups: Sequence[tuple[str, int]] = ()
    brief: Table | None = None


@dataclass(frozen=True)
class Series:
    """Values in the order of the categories; None leaves a gap (never 0). In the unit that the chart names."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Chart:
    """A chart twice over: the page's figure for paper, and its series for a chart that can be edited.

    form: bar (horizontal, one series or few), column, line. low/high: 95 % limits of the first series, for error bars.
    states: the state of each value of the first series; empty when all are whole. reference: a value to compare with,
    by its name (県全体), which the figure draws as a line. native_note: the note where it must read differently beside
    the chart that can be edited ('破線' is a line of the figure only). brief: as of a table.
    """

    title: str
    unit: str
    form: str
    categories: Sequence[str]
    series: Sequence[Series]
    figure: Figure | None = None
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    number_format: str = "0.0"
    note: str = ""
    states: Sequence[str] = ()
    reference: tuple[str, float] | None = None
    native_note: str = ""
    brief: Chart | None = None


def beside_reference(chart: Chart) -> Chart:
    """A bar chart of one series with the value to compare with as its first bar (state REFERENCE)."""
    if chart.reference is None or len(chart.series) != 1:
        return chart
    name, value = chart.reference
    return replace(
        chart,
        categories=[name, *chart.categories],
        series=[Series(chart.series[0].name, [value, *chart.series[0].values])],
        low=[None, *chart.low] if chart.low else (),
        high=[None, *chart.high] if chart.high else (),
        states=[REFERENCE, *(chart.states or ["value"] * len(chart.categories))],
        reference=None,
    )


@dataclass(frozen=True)
class Map:
    """A choropleth of municipalities: region of static/boundaries, code → (value, state), what the shades mean."""

    title: str
    region: str
    values: Mapping[str, tuple[float, str]]
    kind: str
    unit: str
    chosen: str | None = None
    note: str = ""


Block: TypeAlias = Sentences | KeyNumbers | Table | Chart | Map


@dataclass(frozen=True)
class Section:
    """id names the section in the choice of sections; a section without blocks says why in `empty`."""

    id: str
    title: str
    blocks: Sequence[Block]
    empty: str = ""


def on_paper(section: Section) -> Section:
    """The section as pages and slides show it: what is long in its brief form."""
    return replace(section, blocks=[getattr(block, "brief", None) or block for block in section.blocks])


@dataclass(frozen=True)
class Pack:
    """A whole pack. conditions: (name, text) lines that say what it shows: filters, period, as of, data state, version.

    about: lines at the foot of every page or slide: 「架空データ…」 where it applies, period, as of, source.
    indicators: a section for every indicator, with its table and chart, each a sheet of a workbook; other formats leave
    them out. definitions: of all indicators, for a workbook and for speaker notes. area: the municipality's code, None
    for the prefecture.
    """

    title: str
    where: str
    period: str
    is_sample: bool
    about: Sequence[str]
    sections: Sequence[Section]
    conditions: Sequence[tuple[str, str]]
    file_stem: str
    indicators: Sequence[Section] = ()
    definitions: Table | None = None
    area: str | None = None
