from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.peers import COLUMNS, WEIGHTS, attributes_of, similar

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "mihonken"


def area(code: str, kind: str = "市", people: Any = 50_000, office: Any = True, **more: Any) -> dict[str, Any]:
    households = None if people is None else people * 0.4
    return {
        "area_code": code,
        "type": kind,
        "has_welfare_office": office,
        "population": people,
        "households": households,
        "single_households": None if people is None else households * more.get("single", 0.3),
        "population_65plus": None if people is None else people * more.get("older", 0.3),
    }


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    found = pd.DataFrame(rows)
    found["has_welfare_office"] = found["has_welfare_office"].astype("boolean")
    return found


def mihonken() -> pd.DataFrame:
    people = pd.read_csv(SAMPLE / "population.csv", dtype={"code6": str})
    areas = pd.read_csv(SAMPLE / "municipalities.csv", dtype=str).merge(
        people.drop(columns=["name", "code5"]), on="code6"
    )
    office = areas["welfare_office_by_law"].map({"1": True}).astype("boolean")
    return areas.rename(columns={"code6": "area_code"}).assign(has_welfare_office=office)


def test_the_nearest_of_the_sample_are_of_its_kind_and_size() -> None:
    areas = mihonken()
    near = similar(areas, "992097").merge(areas, on="area_code")
    assert len(near) == 8
    assert set(near["type"]) == {"市"}
    assert near["population"].between(40_000, 200_000).all()


def test_the_parts_explain_the_distance() -> None:
    found = similar(mihonken(), "993018", count=40)
    assert list(found.columns) == COLUMNS
    assert found[list(WEIGHTS)].sum(axis=1).to_numpy() == pytest.approx(found["distance"])
    assert found["distance"].is_monotonic_increasing
    assert (found["similarity"] + found["distance"]).to_numpy() == pytest.approx(1)


def test_a_naive_recomputation_gives_the_same_distance() -> None:
    areas = frame(area("1"), area("2", "町", 10_000, None, older=0.4), area("3", "中核市", 300_000, single=0.5))
    found = similar(areas, "1", count=2).set_index("area_code")
    width = math.log(300_000) - math.log(10_000)
    size = (math.log(50_000) - math.log(10_000)) / width
    # Kinds 0 to 2, shares as wide as they go; the office of area 2 is unknown and takes no part: 7 of 8 weights.
    assert found["distance"]["2"] == pytest.approx((4 * size + 0.5 + 0 + 1) / 7)
    assert found["distance"]["3"] == pytest.approx((4 * (1 - size) + 0.5 + 0 + 1 + 0) / 8)
    assert math.isnan(found["welfare_office"]["2"])
    assert found["known"]["2"] == pytest.approx(7 / 8)


def test_unknown_offices_are_not_taken_as_none() -> None:
    areas = frame(area("1", office=None), area("2", office=True), area("3", office=False))
    assert similar(areas, "1")["distance"].tolist() == [0.0, 0.0]
    with_office = similar(areas, "2").set_index("area_code")["distance"]
    assert with_office["1"] == 0.0 < with_office["3"]


def test_a_municipality_of_which_too_little_is_known_is_left_out() -> None:
    areas = frame(area("1"), area("2", people=None), area("3"))
    assert similar(areas, "1")["area_code"].tolist() == ["3"]


def test_nobody_is_its_own_peer_and_an_unknown_code_is_an_error() -> None:
    assert "993018" not in set(similar(mihonken(), "993018", count=99)["area_code"])
    with pytest.raises(KeyError):
        similar(mihonken(), "011002")


def test_nobody_lives_there_any_more() -> None:
    found = attributes_of(frame(area("1", people=0), area("2")))
    assert np.isnan(found["size"][0]) and np.isnan(found["older_share"][0])


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.integers(100, 10**6), st.sampled_from(["市", "町", "村", "中核市"])), min_size=2, max_size=15)
)
def test_distances_are_symmetric_and_between_0_and_1(rows: list[tuple[int, str]]) -> None:
    areas = frame(*(area(str(number), kind, people) for number, (people, kind) in enumerate(rows)))
    there = similar(areas, "0", count=99).set_index("area_code")["distance"]
    back = similar(areas, "1", count=99).set_index("area_code")["distance"]
    assert there["1"] == pytest.approx(back["0"])
    assert there.between(0, 1).all()
