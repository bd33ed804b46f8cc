from __future__ import annotations

import math
import re

from ui.positions import Position, positions_html

ROW = Position(
    name="利用勧奨の実施率",
    value_text="29.6",
    interval_text="21.5～39.3",
    whole_text="64.5",
    peers_text="71.3",
    verdict="▼ 低い",
    value=0.296,
    low=0.215,
    high=0.393,
    whole=0.645,
    peers=(0.6, 0.713, 0.76),
)


def marks(text: str) -> dict[str, str]:
    return dict(re.findall(r"<i class='([^']*)' style='([^']*)'>", text))


def test_marks_lie_where_their_values_are() -> None:
    found = marks(positions_html([ROW], title="t", place="青苑市"))
    assert found == {
        "b": "left:60.0%;width:16.0%",
        "m": "left:71.3%",
        "w": "left:64.5%",
        "l": "left:21.5%;width:17.8%",
        "o": "left:29.6%",
    }


def test_a_row_without_a_value_says_its_mark_and_draws_no_point() -> None:
    row = Position("指標", "未提出", "", "64.5", "", "", state="not_sent", whole=0.645)
    text = positions_html([row], title="t", place="水琴町")
    assert marks(text) == {"w": "left:64.5%"}
    assert "<td class=n>未提出<td class=g>64.5" in text


def test_a_partly_sent_value_is_hollow() -> None:
    row = Position("指標", "8.3（一部）", "", "", "", "", state="partial", value=0.083)
    assert marks(positions_html([row], title="t", place="町")) == {"o p": "left:8.3%"}


def test_without_a_track_nothing_is_drawn() -> None:
    text = positions_html([ROW], title="t", place="青苑市", has_track=False)
    assert marks(text) == {}
    assert "50％" not in text
    assert "29.6<span class=s>（21.5～39.3）</span>" in text


def test_what_is_not_judged_has_no_column_for_it() -> None:
    text = positions_html([ROW], title="t", place="青苑市", has_track=False, is_judged=False)
    assert "県全体との差" not in text
    assert "▼" not in text


def test_names_cannot_become_markup() -> None:
    row = Position("<b>&", "1", "", "", "", "", value=math.nan)
    text = positions_html([row], title="'><script>", place="<i>市")
    assert "<script>" not in text
    assert "&lt;b&gt;&amp;" in text
    assert "&lt;i&gt;市" in text
