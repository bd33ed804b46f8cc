"""Colours and type of charts and maps. One to five meaningful colours, never colour alone."""

from __future__ import annotations

INK, MUTED, GRID = "#1A1A1C", "#595959", "#D9D9D9"
MAIN, MID, LIGHT, PALE = "#0017C1", "#3460FB", "#7096F8", "#E8F1FE"
# Fewer to more: one hue from light to dark, so that no step looks better or worse than another.
SCALE = ("#E8F1FE", "#C5D7FB", "#7096F8", "#3460FB", "#0017C1")
NO_DATA = "#E6E6E6"
NOT_APPLICABLE = "#FFFFFF"
FONT = "BIZ UDPGothic, 'BIZ UDPゴシック', Meiryo, メイリオ, 'Yu Gothic', 'Noto Sans CJK JP', sans-serif"


def rgb(colour: str) -> list[int]:
    """'#0017C1' as [0, 23, 193]."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
