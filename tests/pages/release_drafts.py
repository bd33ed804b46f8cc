"""A draft of a release over five places of the fictional prefecture, made by hand: what it hides is known beforehand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from etl.store import Place
from metrics.catalog import load_catalog
from release.coarser import Suggestion
from release.draft import Draft
from release.examples import Example
from release.publication import load_publication
from release.rules import load_rules

PLACES = (
    ("992011", "municipality", "夕凪原市"),
    ("992038", "municipality", "青苑市"),
    ("992054", "municipality", "風待市"),
    ("993646", "municipality", "風花村"),
    ("990001", "prefecture", "見本県"),
)
# numerator, denominator, state, why each is hidden.
HANDOVER = {
    "992011": (120, 150, "value", "", ""),
    "992038": (40, 60, "value", "complementary", ""),
    "992054": (7, 33, "value", "primary", ""),
    "993646": (0, 0, "not_sent", "", ""),
    "990001": (167, 243, "partial", "", ""),
}


def draft_of(place: Place, **changed: Any) -> Draft:
    """The first draft of a place: safe, 2 of 10 counts hidden, and nothing to compare with."""
    current = place.current()
    assert current is not None
    catalog = load_catalog()
    draft = Draft(
        number=1,
        digest="d1" * 32,
        database=current.name,
        meta={"data_end": "2025-03-31", "sample": "1"},
        prefecture=("990001", "見本県"),
        fiscal_years=(2024,),
        years_with_months=(),
        indicators=[catalog["handover_rate"], catalog["platform_established"]],
        areas=_areas(),
        cells=_cells(),
        proof=_proof(),
        systems=pd.DataFrame([{"weight": 100.0, "weight_lost": 25.0, "is_exact": True}]),
        loss=pd.DataFrame(
            [
                {
                    "indicator_id": "handover_rate", "title": "つなぎの実施率", "figures": 8, "primary": 1,
                    "complementary": 1, "hidden_share": 0.25, "rows": 4, "rows_hidden": 2,
                }
            ]
        ),
        changes=pd.DataFrame(
            columns=["indicator_id", "newly_shown", "newly_hidden", "revised", "new", "left_out"]
        ),
        held_back=pd.DataFrame(columns=["indicator_id", "period"]),
        suggestions=[],
        examples=[Example("992011/J-01", "992011", "合同の相談会", "窓口の連携", "2024-05-01", {"工夫": "当番を決めた。"})],
        warnings=["事例「合同の相談会」の工夫に、10未満の数（3人）が書かれています。"],
        rules=load_rules(),
        publication=load_publication(),
        seconds={},
    )  # fmt: skip
    return replace(draft, **changed)


def open_draft_of(place: Place) -> Draft:
    """The same with a count that can be worked out, and what would help."""
    proof = _proof()
    proof.loc[0, ["low", "high", "is_safe"]] = [6.0, 8.0, False]
    return draft_of(
        place, proof=proof, suggestions=[Suggestion("handover_rate", "つなぎの実施率", 1, frozenset({"breakdown"}))]
    )


def _areas() -> pd.DataFrame:
    frame = pd.DataFrame(PLACES, columns=["area_code", "level", "name"])
    frame = frame.assign(place=range(len(frame)), kind="市", region=None)
    frame["population"] = pd.array([50_000] * len(frame), dtype="Int64")
    return frame


def _cells() -> pd.DataFrame:
    rows = [
        _cell("handover_rate", code, numerator, denominator, state, *reasons)
        for code, (numerator, denominator, state, *reasons) in HANDOVER.items()
    ]
    rows += [_cell("platform_established", code, 1, 1, "value", "", "") for code in ("992011", "990001")]
    return pd.DataFrame(rows)


def _cell(
    indicator: str, code: str, numerator: int, denominator: int, state: str, why_numerator: str, why_denominator: str
) -> dict[str, Any]:
    return {
        "indicator_id": indicator, "area_code": code, "period": "2024", "breakdown": "all",
        "numerator": numerator, "denominator": denominator, "state": state,
        "is_numerator_hidden": why_numerator != "", "is_denominator_hidden": why_denominator != "",
        "numerator_reason": why_numerator, "denominator_reason": why_denominator,
    }  # fmt: skip


def _proof() -> pd.DataFrame:
    rows = [
        ("992054", 0.0, 33.0),
        ("992038", 14.0, float("inf")),
    ]
    return pd.DataFrame(
        [
            {
                "system": 1, "indicator_id": "handover_rate", "part": "numerator", "breakdown": "all",
                "area_code": code, "period": "2024", "low": low, "high": high, "needed": 10.0, "is_safe": True,
            }
            for code, low, high in rows
        ]
    )  # fmt: skip
