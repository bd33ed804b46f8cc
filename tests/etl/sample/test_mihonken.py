"""The committed fictional prefecture."""

import csv
import itertools
import json
import re
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "data"
HERE = DATA / "samples" / "mihonken"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def towns() -> list[dict[str, str]]:
    return rows(HERE / "municipalities.csv")


@pytest.fixture(scope="module")
def features() -> list[dict]:
    return json.loads((HERE / "boundaries.geojson").read_text("utf-8"))["features"]


def rings(feature: dict) -> list[list[list[float]]]:
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def test_there_are_41_municipalities_of_the_planned_kinds(towns):
    assert Counter(town["type"] for town in towns) == {
        "政令指定都市": 1,
        "中核市": 2,
        "市": 18,
        "町": 14,
        "村": 6,
    }
    assert len({town["code5"] for town in towns}) == len({town["name"] for town in towns}) == 41


def test_names_end_as_their_kind_does(towns):
    assert all(town["name"][-1] == ("市" if "市" in town["type"] else town["type"]) for town in towns)


def test_every_check_digit_is_right(towns):
    for town in towns:
        total = sum(int(digit) * weight for digit, weight in zip(town["code5"], (6, 5, 4, 3, 2), strict=True))
        assert town["code6"] == town["code5"] + str(11 - total % 11)[-1]
        assert town["code5"].startswith("99") and town["pref_code"] == "99"


def test_the_columns_are_those_of_the_reference(towns):
    for name in ("municipalities.csv", "population.csv"):
        heads = [(folder / name).read_text("utf-8-sig").splitlines()[0] for folder in (HERE, DATA / "reference")]
        assert heads[0] == heads[1]


def test_no_real_municipality_has_one_of_the_names_or_readings(towns):
    real = rows(DATA / "reference" / "municipalities.csv")
    assert len(real) == 1741
    for key, ending in (("name", "[市町村区]$"), ("kana", "(し|ちょう|まち|むら|そん|く)$")):
        stems = {re.sub(ending, "", row[key].replace("ケ", "ヶ")) for row in real}
        assert not stems & {re.sub(ending, "", town[key]) for town in towns}


def test_population_is_complete_and_plausible(towns):
    people = rows(HERE / "population.csv")
    assert [row["code6"] for row in people] == [town["code6"] for town in towns]
    counts = {row["name"]: int(row["population"]) for row in people}
    assert (min(counts.values()), max(counts.values())) == (899, 777_771)
    for row in people:
        assert int(row["single_households"]) < int(row["households"]) < int(row["population"])
        assert 0.2 < int(row["population_65plus"]) / int(row["population"]) < 0.6


def test_every_municipality_has_a_polygon_with_closed_rings(towns, features):
    assert [feature["properties"]["code6"] for feature in features] == [town["code6"] for town in towns]
    for feature in features:
        for ring in rings(feature):
            assert len(ring) >= 4 and ring[0] == ring[-1]
            assert len({tuple(point) for point in ring}) == len(ring) - 1


def test_the_outline_lies_in_the_open_sea_south_of_honshu(features):
    points = [point for feature in features for ring in rings(feature) for point in ring]
    assert min(lon for lon, _ in points) > 136.5 and max(lon for lon, _ in points) < 138.0
    assert min(lat for _, lat in points) > 30.5 and max(lat for _, lat in points) < 32.6


def test_outer_rings_run_counter_clockwise(features):
    for feature in features:
        ring = rings(feature)[0]
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
        assert area > 0


def test_neighbours_share_their_borders_point_for_point(features):
    edges: Counter[frozenset[tuple[float, ...]]] = Counter()
    for feature in features:
        for ring in rings(feature):
            edges.update(frozenset((tuple(a), tuple(b))) for a, b in itertools.pairwise(ring))
    assert max(edges.values()) == 2
    assert sum(count == 2 for count in edges.values()) > 500
