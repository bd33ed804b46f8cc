"""Areas ranked as rows: order, scale, marks that do not depend on colour, states that are no zero."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from ui.ranked import rows_html

NAN = math.nan


def frame(*rows: tuple[float, float, float, str, str]) -> pd.DataFrame:
    """value, low, high, state, verdict."""
    return pd.DataFrame(rows, columns=["value", "low", "high", "state", "verdict"]).assign(
        area_code=[f"99000{place}" for place in range(len(rows))], shrunk=NAN, rank_low=NAN, rank_high=NAN
    )


def rows_of(html: str) -> list[str]:
    return html.partition("<tbody>")[2].split("<tr")[1:]


def test_rows_go_from_high_to_low_and_those_without_a_value_stand_below_with_their_mark() -> None:
    found = rows_of(
        rows_html(
            frame(
                (0.2, 0.1, 0.3, "value", "lower"),
                (NAN, NAN, NAN, "not_sent", "none"),
                (0.5, 0.4, 0.6, "partial", "higher"),
                (NAN, NAN, NAN, "not_applicable", "none"),
            ),
            ["甲", "乙", "丙", "丁"], "proportion", "％", 0.3, title="表",
        )
    )  # fmt: skip
    assert [re.search(r"<th scope=row>(.)", row)[1] for row in found] == ["丙", "甲", "乙", "丁"]
    assert [re.search(r"<td class='v[ n]*'>(.*)$", row)[1].split("<")[0] for row in found] == [
        "50.0*",
        "20.0",
        "未提出",
        "-",
    ]
    assert "△" in found[0] and "▼" in found[1]
    assert "<i class='o" not in found[2] + found[3]


def test_places_on_the_scale_are_those_of_the_values() -> None:
    (row,) = rows_of(rows_html(frame((0.25, 0.1, 0.6, "value", "same")), ["甲"], "proportion", "％", 0.4, title="表"))
    assert "<i class='w' style='left:40.0%'>" in row
    assert "<i class='o' style='left:25.0%'>●" in row
    assert "<i class=l style='left:10.0%;width:50.0%'>" in row


def test_a_scale_that_is_no_share_ends_at_a_round_number_above_all() -> None:
    html = rows_html(frame((37.0, 20.0, 55.0, "value", "few")), ["甲"], "rate", "件", 12.0, title="表")
    assert re.findall(r"<span>([\d.]+)</span>", html) == ["0", "15", "30", "45", "60"]
    assert "<i class='o few' style='left:61.7%'>■" in html


@pytest.mark.parametrize("high", [math.inf, NAN])
def test_an_interval_without_an_end_draws_no_line(high: float) -> None:
    html = rows_html(frame((12.0, 3.0, high, "value", "none")), ["甲"], "duration", "日", None, title="表")
    assert ("<i class=l" in html) == math.isinf(high)


def test_names_are_text_and_the_chosen_row_is_marked() -> None:
    html = rows_html(
        frame((0.2, 0.1, 0.3, "value", "same")), ["<b>甲"], "proportion", "％", None, title="表", chosen="990000"
    )
    assert "&lt;b&gt;甲" in html and "<b>" not in html
    assert "<tr class=c data-code=990000" in html
