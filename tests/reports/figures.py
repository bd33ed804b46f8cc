"""One small figure of every builder of ui.charts, with gaps, partial values and long names in it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from ui import charts
from ui.charts.beside import Beside, beside
from ui.charts.flow import Link, Step
from ui.charts.grouped import gains, grouped
from ui.charts.network import Seat

NAN = math.nan
NAMES = ["甲市", "髙崎市", "丙町", "とても長い名前の村"]
MONTHS = ["2024-03", "2024-04", "2024-05", "2024-06"]
BODIES = ("地域協議会", "支援会議")

AREAS = pd.DataFrame(
    {
        "area_code": ["a", "b", "c", "d"],
        "name": NAMES,
        "group": ["市", "市", "町村", "町村"],
        "value": [0.2, 0.8, 0.5, NAN],
        "low": [0.1, 0.6, 0.3, NAN],
        "high": [0.3, 0.9, 0.7, NAN],
        "state": ["value", "partial", "value", "not_sent"],
        "numerator": [2, 8, 5, 0],
        "denominator": [10, 20, 40, 0],
        "verdict": ["lower", "higher", "few", "none"],
        "shrunk": [0.3, 0.7, 0.5, NAN],
        "rank_low": [1, 2, 3, NAN],
        "rank_high": [2, 3, 4, NAN],
    }
)
LINES = pd.DataFrame(
    {"denominator": [10, 40], "low": [0.1, 0.15], "high": [0.4, 0.3], "low_998": [0.0, 0.1], "high_998": [0.6, 0.4]}
)
SERIES = pd.DataFrame(
    {
        "period": MONTHS,
        "value": [0.2, NAN, 0.4, 0.3],
        "low": [0.1, NAN, 0.3, 0.2],
        "high": [0.3, NAN, 0.5, 0.4],
        "state": ["value", "not_sent", "partial", "value"],
        "numerator": 5,
        "denominator": 10,
    }
)
CONTROL = pd.DataFrame(
    {"period": MONTHS, "value": 0.3, "centre": 0.3, "lower": 0.1, "upper": 0.5, "signal": ["", "", "shift", ""]}
)
CURVE = pd.DataFrame(
    {"days": [0.0, 7.0, 30.0, 400.0], "share": [0.0, 0.5, 0.7, 0.8], "low": [0.0, 0.4, 0.6, 0.7], "high": 0.9}
).assign(at_risk=[10, 8, 2, 1])
SIDE = pd.DataFrame(
    {
        "start": ["2023-04-01", "2024-04-01", "2025-04-01"],
        "name": ["R5", "R6", "R7"],
        "value": [0.3, NAN, 0.6],
        "low": [0.2, NAN, 0.5],
        "high": [0.4, NAN, 0.7],
        "hover": ["", "", ""],
    }
)
LINKS = [
    Link(0, "福祉", "自立相談支援機関", 12),
    Link(0, "社協", "社協", 5),
    Link(1, "自立相談支援機関", "終結", 12),
    Link(1, "社協", "辞退", 5),
]
STEPS = [("答え", [Step("利用勧奨", 60, 20, 20), Step("同意", 3, 40, 57)]), ("日付", [Step("つなぎ", None, 0, 10)])]
SEATS = [
    Seat("支援会議", "警察署", "other", 6, 0),
    Seat("支援会議", "自立相談支援機関", "support", 6, 6),
    Seat("地域協議会", "自立相談支援機関", "support", 2, 1),
]
GAINS = pd.DataFrame({"expected": [3.0, 1.0], "gain": [4.0, 0.0], "hover": ["", ""]})

FIGURES: dict[str, dict[str, Any]] = {
    "bars": charts.bars(AREAS, NAMES, "proportion", "％"),
    "beside": beside(
        [
            Beside("つなぎの実施率", 62.3, 50.0, 70.0, 55.0, (40.0, 50.0, 60.0), True),
            Beside("孤独・孤立側から自立相談支援機関へのつなぎ", 30.0, 20.0, 40.0, None, (None, None, None)),
        ]
    ),
    "flow": charts.flow(LINKS, ("紹介元", "紹介先", "結果")),
    "funnel": charts.funnel(AREAS, NAMES, LINES, "proportion", "％", 0.5, "甲市"),
    "gains": gains(["甲市", "丙町"], ["a", "c"], GAINS, "年間に増える件数（件）", "c"),
    "grouped": grouped(AREAS, {"市": 0.5, "町村": NAN}, "proportion", "％", 0.5, "a"),
    "network": charts.network(SEATS, {"support": "困窮側", "other": "その他"}, BODIES),
    "ranked": charts.ranked(AREAS, NAMES, "proportion", "％", 0.5, "甲市"),
    "side_trends": charts.side_trends({"困窮側": SIDE}, {"2024-06-24": "連携通知"}, "出席した席（％）"),
    "step_curve": charts.step_curve(CURVE),
    "step_curves": charts.step_curves({"困窮側へ": CURVE, "孤独・孤立側へ": CURVE}),
    "steps": charts.steps(STEPS, 100),
    "trend": charts.trend(SERIES, "proportion", "％", CONTROL),
    "years": charts.years([2015, 2016, 2019, 2020, 2021], [1.0, 2.0, NAN, 9.0, 8.0], "件"),
}
