"""What goes to the browser of an outline map: a fill and words for each code, and how no value is told apart."""

from __future__ import annotations

import math

from ui import theme
from ui.outline_map import drawing


def test_every_code_has_a_fill_and_words_and_the_states_differ() -> None:
    values = {
        "990001": (0.2, "value"),
        "990002": (0.9, "partial"),
        "990003": (math.nan, "not_sent"),
        "990004": (math.nan, "not_applicable"),
        "990005": (math.nan, "hidden"),
    }
    found = drawing("99", values, {"990001": "20.0％"})
    fills = {code: area["fill"] for code, area in found.areas.items()}
    assert fills["990001"] == theme.SCALE[0] and fills["990002"] == theme.SCALE[-1]
    assert fills["990003"] == "url(#not_sent)" and fills["990004"] == theme.NOT_APPLICABLE
    assert len(set(fills.values())) == 5
    assert [code for code, area in found.areas.items() if area.get("partial")] == ["990002"]
    assert found.areas["990001"]["text"] == "20.0％" and found.areas["990003"]["text"] == "未提出"
