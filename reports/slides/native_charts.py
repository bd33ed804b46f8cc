"""Charts that can be edited: bars, columns and lines of the slide program's own. No value is a gap, never a zero."""

from __future__ import annotations

import math
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from reports.content import REFERENCE, Chart
from reports.slides import measure
from reports.slides.chart_data import add_error_bars, as_shown, chart_workbook, has_interval
from reports.slides.deck import Box, describe
from reports.slides.lettering import Look, clean, name_fonts, plain, rgb, run_properties
from ui import theme

_FORMS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
# The n-th series by its fill or dash and marker as well as by its colour.
_GREY = "#D9D9D9"
_COLOURS = (theme.MAIN, theme.LIGHT, theme.MUTED, theme.MID)
_PATTERNS = (None, None, MSO_PATTERN.WIDE_UPWARD_DIAGONAL, MSO_PATTERN.PERCENT_25)
_DASHES = (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.LONG_DASH_DOT)
_MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND)


def draw(slide: Any, box: Box, chart: Chart, axis: tuple[float, float, float], *, title: str | None = None) -> Any:
    """A native chart in the box, on the given scale."""
    data = CategoryChartData(number_format=chart.number_format)  # type: ignore[no-untyped-call]
    data.categories = [clean(one) for one in chart.categories]
    for one in chart.series:
        data.add_series(clean(one.name), [as_shown(value, chart.number_format) for value in one.values])  # type: ignore[no-untyped-call]
    frame = slide.shapes.add_chart(_FORMS[chart.form], *box.emu, data)
    describe(frame, plain(chart.title), f"グラフ：{plain(chart.title)}（{plain(chart.unit)}）")
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(chart_workbook(chart))
    _letters(drawn, chart, box, plain(chart.title) if title is None else title)
    _axes(drawn, chart, box, axis)
    for place, series in enumerate(drawn.plots[0].series):
        _look_of(series, chart, place % len(_COLOURS))
    _states(drawn.plots[0].series[0], chart)
    if has_interval(chart):
        add_error_bars(drawn.plots[0].series[0]._element, chart)
    if chart.form != "line":
        drawn.plots[0].gap_width = 45 if len(chart.series) == 1 else 60
        drawn.plots[0].overlap = 0
        if len(chart.series) == 1:
            _labels(drawn.plots[0], chart, box, axis)
    return frame


def _letters(drawn: Any, chart: Chart, box: Box, title: str) -> None:
    drawn.font.size, drawn.font.color.rgb = Pt(_letter_size(chart, box)), rgb(theme.INK)
    size = measure.fitting_size([title], (13, 12, 11, 10, 9), box.width - 24, 2 * 13 * measure.LINE)
    drawn.has_title = bool(title)
    if title:
        _title(drawn.chart_title.text_frame, title, Look(size, is_bold=True))
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.legend.font.size = Pt(11)
        name_fonts(drawn.legend._element.xpath(".//a:defRPr")[0])
    name_fonts(drawn._chartSpace.xpath("./c:txPr//a:defRPr")[0])


def _letter_size(chart: Chart, box: Box) -> float:
    """Letters of a ranking are as high as its bars let them."""
    if chart.form != "bar":
        return 11.0
    pitch = (box.height - 70) / max(1, len(chart.categories))
    return float(min(10.5, max(7.0, round(pitch * 0.8 * 2) / 2)))


def _title(frame: Any, text: str, look: Look) -> None:
    frame.text = text
    for properties in frame._txBody.xpath(".//a:rPr | .//a:defRPr"):
        properties.getparent().replace(
            properties, parse_xml(run_properties(look, _tag(properties)).replace(" lang", f" {nsdecls('a')} lang", 1))
        )
    for run in frame._txBody.xpath(".//a:r[not(a:rPr)]"):
        run.insert(0, parse_xml(run_properties(look).replace(" lang", f" {nsdecls('a')} lang", 1)))


def _tag(element: Any) -> str:
    return f"a:{etree.QName(element).localname}"


def _axes(drawn: Any, chart: Chart, box: Box, axis: tuple[float, float, float]) -> None:
    value, category = drawn.value_axis, drawn.category_axis
    value.minimum_scale, value.maximum_scale, value.major_unit = axis
    value.has_major_gridlines = True
    value.major_gridlines.format.line.color.rgb = rgb(theme.GRID)
    value.major_gridlines.format.line.width = Pt(0.5)
    value.format.line.fill.background()
    value.major_tick_mark = category.major_tick_mark = XL_TICK_MARK.NONE
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = _axis_format(axis), False
    value.has_title = True
    _title(value.axis_title.text_frame, plain(chart.unit), Look(10, theme.MUTED))
    category.format.line.color.rgb = rgb(theme.MUTED)
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.form == "bar":
        # The first category on top, and yet the scale below.
        category.reverse_order = True
        value.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    else:
        room = box.width / max(1, len(chart.categories))
        widest = max((measure.width(plain(one), 11) for one in chart.categories), default=0.0)
        category.tick_labels.offset = 50
        # Upright: neighbours that would overlap are left out instead.
        category.tick_labels.font.size = Pt(11)
        name_fonts(category._element.xpath("./c:txPr//a:defRPr")[0])
        category._element.xpath("./c:txPr/a:bodyPr")[0].attrib.update({"rot": "0", "vert": "horz"})
        # Every n-th label where all of them would overlap.
        skip = max(1, math.ceil((min(widest, 60) + 10) / (room * 0.92)))
        for tag in ("tickLblSkip", "tickMarkSkip"):
            _in_axis(category._element, tag, skip)


def _in_axis(element: Any, tag: str, number: int) -> None:
    """Sets a child of c:catAx that the library does not know, before what must follow it."""
    new = parse_xml(f'<c:{tag} {nsdecls("c")} val="{number}"/>')
    for follower in element.xpath("./c:tickMarkSkip | ./c:noMultiLvlLbl | ./c:extLst"):
        follower.addprevious(new)
        return
    element.append(new)


def _axis_format(axis: tuple[float, float, float]) -> str:
    step = axis[2]
    decimals = 0 if step >= 1 and step == int(step) else max(1, -math.floor(math.log10(step)))
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _look_of(series: Any, chart: Chart, place: int) -> None:
    # Lighter under intervals and figures, which must be seen on it.
    is_light = place == 0 and chart.form != "line" and len(chart.series) == 1
    colour = rgb(theme.LIGHT if is_light else _COLOURS[place])
    if chart.form == "line":
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
        series.format.line.dash_style = _DASHES[place]
        series.marker.style, series.marker.size = _MARKERS[place], 7
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour
        return
    fill, pattern = series.format.fill, _PATTERNS[place]
    if pattern is None:
        fill.solid()
        fill.fore_color.rgb = colour
    else:
        fill.patterned()
        fill.pattern = pattern
        fill.fore_color.rgb, fill.back_color.rgb = colour, rgb("#FFFFFF")
    series.format.line.color.rgb, series.format.line.width = colour, Pt(0.75)
    series.invert_if_negative = False


def _states(series: Any, chart: Chart) -> None:
    """Hollow where a value comes from a part of the months, grey where it is the one to compare with."""
    for place, state in enumerate(chart.states):
        if state not in ("partial", REFERENCE):
            continue
        point = series.points[place].marker if chart.form == "line" else series.points[place]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(_GREY if state == REFERENCE else "#FFFFFF")
        edge = theme.MUTED if state == REFERENCE else theme.MAIN
        point.format.line.color.rgb, point.format.line.width = rgb(edge), Pt(1.25)


def _labels(plot: Any, chart: Chart, box: Box, axis: tuple[float, float, float]) -> None:
    """The figures: at the ends of bars, or at their feet where intervals take the ends."""
    if chart.form == "column" and box.width / max(1, len(chart.categories)) < 30:
        return
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = chart.number_format, False
    labels.show_value = True
    at_foot = has_interval(chart)
    labels.position = XL_LABEL_POSITION.INSIDE_BASE if at_foot else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(_letter_size(chart, box))
    labels.font.color.rgb = rgb(theme.INK)
    name_fonts(labels._element.xpath(".//a:defRPr")[0])
