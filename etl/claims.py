"""What a refused file is about: municipality and months as far as rows, titles, sheet names, options or its name tell.

Only codes and months come out of it, so it may look at files that are refused for what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from etl.cells import read_columns
from etl.check import Terms
from etl.coverage import period_text, stated_months, stated_year
from etl.gather import gather
from etl.municipality import resolve_areas, title_area
from etl.problems import Refused
from etl.read import read_sheets
from etl.recognise import Layout, recognise
from etl.sheets import Body, Sheet
from etl.side_sheets import without_side_sheets
from etl.spelling.codes import check_digit
from etl.spelling.text import clean
from etl.stated import with_stated
from etl.table import months_reported

Claims = tuple[tuple[str, str], ...]  # (area code, 'YYYY-MM')
_BREAKS = re.compile(r"[\s_()\[\]【】「」・、,]+")
_MONTH_IN_NAME = re.compile(
    r"(?<!\d)(20\d\d)[-.]?(0[1-9]|1[0-2])(?![\d.-])|(?<![A-Za-z])([RrHh]\d{1,2})[-.](\d{1,2})(?![\d.-])"
)
_CODE = re.compile(r"(?<!\d)(\d{5,6})(?!\d)")
_TITLE_RECORDS = 20


def claimed_by(data: bytes, name: str, terms: Terms) -> Claims:
    """(area code, month) of a file that is not taken; empty when it does not say both."""
    words = _words(name, terms)
    try:
        sheets = without_side_sheets(read_sheets(data, name))
        layouts = [layout for sheet in sheets if (layout := recognise(sheet, terms.returns))]
        if layouts:
            found = _by_rows(_same_return(layouts), words, terms)
            if found:
                return found
    except Refused:
        sheets = []
    return _by_titles(sheets, words, terms)


def _same_return(layouts: Sequence[Layout]) -> list[Layout]:
    declared = max(layouts, key=lambda layout: len(layout.fields)).declared
    return [layout for layout in layouts if layout.declared is declared]


def _by_rows(layouts: Sequence[Layout], words: tuple[str, ...], terms: Terms) -> Claims:
    told = [replace(layout, titles=(*layout.titles, *words)) for layout in layouts]
    batch = with_stated(gather(told), terms.received)
    time = batch.declared.month_of
    columns = read_columns({time: batch.declared.field(time)}, batch.columns) if time in batch.columns else {}
    areas = resolve_areas(batch, terms.register, terms.prefecture, terms.municipality)
    none_aside = np.zeros(batch.row_count, bool)
    covered = months_reported(batch, areas, columns, none_aside, terms.received)
    return tuple(sorted({(one.area_code, one.period) for one in covered}))


def _by_titles(sheets: Sequence[Sheet], words: tuple[str, ...], terms: Terms) -> Claims:
    """For files whose table is not found or not readable: each sheet by what stands on top of it."""
    found: set[tuple[str, str]] = set()
    for sheet in sheets or [Sheet("", (), _Nothing())]:
        cells = tuple(text for record in sheet.head[:_TITLE_RECORDS] for cell in record if (text := clean(cell)))
        titles = (*cells, *words)
        layout = Layout(sheet, next(iter(terms.returns.values())), 0, {}, (), (), titles)
        area = terms.municipality or title_area(titles, terms.register, terms.prefecture)
        months = stated_months(layout, terms.received) or stated_year(layout, terms.received)
        if area:
            found.update((area, period_text(month)) for month in months)
    return tuple(sorted(found))


class _Nothing:
    """The records of a file that can't be read."""

    def body(self, first_record: int, width: int, unlike: frozenset[int]) -> Body:
        raise NotImplementedError


def _words(name: str, terms: Terms) -> tuple[str, ...]:
    """The words of a file's name as a title would have them: months with 年 and 月, a code as the name it means."""
    stem = clean(Path(name.replace("\\", "/")).stem)
    months = [f"{year or era}年{int(month or last)}月" for year, month, era, last in _MONTH_IN_NAME.findall(stem)]
    codes = [code if len(code) == 6 else code + check_digit(code) for code in _CODE.findall(stem)]
    known = [terms.register.by_code6[code] for code in codes if code in terms.register.by_code6]
    served = [one for one in known if terms.prefecture in (None, one.pref_code)]
    return (*(one.pref_name + one.name for one in served), *_BREAKS.split(stem), *months, stem)
