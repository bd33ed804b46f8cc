"""The matrix as HTML: every cell says its value or its mark, and nothing in it can be run."""

from __future__ import annotations

import math

import pytest

from ui import theme
from ui.matrix import Cell, matrix_html, shades


def test_marks_stand_beside_shades() -> None:
    cells = [
        [Cell("62.3", "value", 4), Cell("未提出", "not_sent", 4)],
        [Cell("10.0（一部）", "partial", 0), Cell("0.0")],
    ]
    text = matrix_html(["甲市", "乙町"], ["利用勧奨", "つなぎ"], cells, title="見本")
    assert "<td class='s4'>62.3" in text
    assert "<td class='n'>未提出" in text  # no shade: a shade would look like a value
    assert "<td class='p s0'>10.0*" in text
    assert "<td>0.0" in text


def test_names_are_text_and_the_chosen_row_is_marked() -> None:
    text = matrix_html(["<b>市", "乙町"], ["<i>"], [[Cell("<s>")], [Cell("1")]], title="'x'", chosen="乙町")
    assert "<b>" not in text
    assert "<i>" not in text
    assert "<s>" not in text
    assert "<tr class=c><th>乙町" in text


def test_a_row_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        matrix_html(["甲市"], ["a"], [], title="見本")


def test_shades_spread_from_the_least_to_the_most() -> None:
    assert shades([0.0, 1.0, math.nan, 0.5]) == [0, len(theme.SCALE) - 1, None, 2]
    assert shades([3.0, 3.0]) == [0, 0]
    assert shades([math.nan]) == [None]


def test_179_municipalities_stay_within_the_limit_of_a_rerun() -> None:
    rows = [f"とても長い名前の町その{place}" for place in range(179)]
    cells = [[Cell("62.3", "value", place % 5) for place in range(12)] for _ in rows]
    assert len(matrix_html(rows, ["つなぎの実施率"] * 12, cells, title="見本").encode()) < 60_000
