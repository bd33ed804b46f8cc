"""The outlines that browsers draw, written once for all 47 prefectures."""

import csv
import gzip
import json
from collections import Counter
from itertools import pairwise

import pytest

from etl.boundaries import (
    DETAIL,
    OVERVIEW,
    PREFECTURES,
    REFERENCE,
    VanishedOutline,
    boundaries_are_current,
    write_boundaries,
)
from etl.contiguity import neighbours_of

NOWHERE = REFERENCE / "no-sample"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static") / "boundaries"
    write_boundaries(folder, sample=NOWHERE)
    return folder


@pytest.fixture(scope="module")
def index(out):
    return json.loads((out / "index.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def collections(out):
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(out.glob("*.geojson"))}


@pytest.fixture(scope="module")
def register():
    with (REFERENCE / "municipalities.csv").open(encoding="utf-8-sig", newline="") as handle:
        return {row["code6"]: (row["pref_code"], row["name"]) for row in csv.DictReader(handle)}


def polygons(feature):
    geometry = feature["geometry"]
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def points(feature):
    return [point for polygon in polygons(feature) for ring in polygon for point in ring]


def box(features):
    found = [point for feature in features for point in points(feature)]
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return min(xs), min(ys), max(xs), max(ys)


def test_there_is_a_file_for_every_prefecture_and_one_for_japan(collections, index):
    expected = [f"{number:02}" for number in range(1, 48)] + ["japan"]
    assert sorted(collections) == expected
    assert sorted(index) == expected


def test_every_municipality_appears_exactly_once_in_its_prefecture(collections, register):
    found = Counter()
    for pref_code, collection in collections.items():
        if pref_code == "japan":
            continue
        for feature in collection["features"]:
            properties = feature["properties"]
            assert (pref_code, properties["name"]) == register[properties["code"]]
            found[properties["code"]] += 1
    assert found == Counter(register.keys())
    assert len(found) == 1741


def test_japan_has_the_47_prefectures_by_their_two_digits(collections):
    properties = [feature["properties"] for feature in collections["japan"]["features"]]
    assert [one["code"] for one in properties] == [f"{number:02}" for number in range(1, 48)]
    assert properties[0] == {"i": 0, "code": "01", "name": "北海道"}
    assert properties[46] == {"i": 46, "code": "47", "name": "沖縄県"}


def test_features_are_numbered_in_ascending_order_of_code_as_in_the_index(collections, index):
    for name, collection in collections.items():
        properties = [feature["properties"] for feature in collection["features"]]
        assert [list(one) for one in properties] == [["i", "code", "name"]] * len(properties)
        assert [one["i"] for one in properties] == list(range(len(properties)))
        assert [one["code"] for one in properties] == sorted(one["code"] for one in properties)
        assert index[name]["codes"] == [one["code"] for one in properties]
        assert index[name]["names"] == [one["name"] for one in properties]


def test_coordinates_have_at_most_four_decimals_and_no_repeated_point(collections):
    for collection in collections.values():
        for feature in collection["features"]:
            for polygon in polygons(feature):
                for ring in polygon:
                    assert all(round(x, 4) == x and round(y, 4) == y for x, y in ring)
                    assert all(a != b for a, b in pairwise(ring))


def test_rings_are_closed_and_have_four_points_or_more(collections):
    for collection in collections.values():
        for feature in collection["features"]:
            for polygon in polygons(feature):
                assert polygon
                for ring in polygon:
                    assert len(ring) >= 4
                    assert ring[0] == ring[-1]


def test_files_stay_small(out):
    sizes = {path.stem: path.stat().st_size for path in out.glob("*.geojson")}
    assert sizes.pop("01") <= 400_000
    assert sizes.pop("japan") <= 400_000
    assert max(sizes.values()) <= 150_000


def test_a_small_prefecture_is_drawn_from_the_detail(collections):
    assert sum(len(points(feature)) for feature in collections["37"]["features"]) > 3_000


def test_the_box_of_an_inland_prefecture_is_its_outline(collections, index):
    for name in ("10", "11", "20", "29"):
        assert tuple(index[name]["bbox"]) == box(collections[name]["features"])


def test_every_box_lies_within_what_is_drawn(collections, index):
    for name, collection in collections.items():
        west, south, east, north = index[name]["bbox"]
        drawn = box(collection["features"])
        assert drawn[0] <= west < east <= drawn[2]
        assert drawn[1] <= south < north <= drawn[3]


def inside(index, collections, pref_code):
    west, south, east, north = index[pref_code]["bbox"]
    found = set()
    for feature in collections[pref_code]["features"]:
        if any(west <= x <= east and south <= y <= north for x, y in points(feature)):
            found.add(feature["properties"]["name"])
    return found, {feature["properties"]["name"] for feature in collections[pref_code]["features"]}


@pytest.mark.parametrize(
    ("pref_code", "left_out"),
    [
        ("13", "大島町 利島村 新島村 神津島村 三宅村 御蔵島村 八丈町 青ヶ島村 小笠原村"),
        (
            "46",
            "十島村 奄美市 大和村 宇検村 瀬戸内町 龍郷町 喜界町 徳之島町 天城町 伊仙町 和泊町 知名町 与論町",
        ),
        ("47", "宮古島市 多良間村 石垣市 竹富町 与那国町 南大東村 北大東村"),
        ("01", ""),
        ("15", ""),
        ("32", ""),
        ("42", ""),
    ],
)
def test_the_box_leaves_out_far_islands_and_nothing_else(collections, index, pref_code, left_out):
    found, everything = inside(index, collections, pref_code)
    assert everything - found == set(left_out.split())


def test_far_islands_are_drawn_all_the_same(collections):
    assert box(collections["13"]["features"])[1] < 27
    assert box(collections["47"]["features"])[0] < 123.1


def test_the_box_of_tokyo_is_its_mainland(index):
    assert index["13"]["bbox"] == pytest.approx([138.94, 35.50, 139.92, 35.90], abs=0.01)


def test_the_box_of_japan_reaches_from_okinawa_to_hokkaido_without_ogasawara(index):
    assert index["japan"]["bbox"] == pytest.approx([126.7, 26.07, 146.2, 45.52], abs=0.05)


def test_neighbours_share_a_border_in_both_directions(index):
    for entry in index.values():
        found = entry["neighbours"]
        assert sorted(found) == entry["codes"]
        for code, others in found.items():
            assert code not in others
            assert others == sorted(set(others))
            assert all(code in found[other] for other in others)


@pytest.mark.parametrize(
    ("pref_code", "name", "expected"),
    [
        ("28", "芦屋市", "神戸市 西宮市"),
        ("28", "淡路市", "洲本市"),  # a bridge is no border
        ("13", "三宅村", ""),
        ("14", "横須賀市", "横浜市 逗子市 三浦市 葉山町"),
        ("japan", "香川県", "徳島県 愛媛県"),
        ("japan", "沖縄県", ""),
    ],
)
def test_the_neighbours_are_those_of_the_map(index, pref_code, name, expected):
    entry = index[pref_code]
    named = dict(zip(entry["codes"], entry["names"], strict=True))
    code = next(code for code, one in named.items() if one == name)
    assert {named[other] for other in entry["neighbours"][code]} == set(expected.split())


def test_a_shared_corner_is_no_border():
    square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    right = [[x + 1, y] for x, y in square]
    across = [[x + 1, y + 1] for x, y in square]
    found = neighbours_of([("a", "", [[square]]), ("b", "", [[right[::-1]]]), ("c", "", [[across]])])
    assert found == {"a": ["b"], "b": ["a", "c"], "c": ["b"]}


def town(code, name, ring, pref_code="28", pref_name="兵庫県"):
    properties = {
        "code5": code[:5],
        "code6": code,
        "pref_code": pref_code,
        "pref_name": pref_name,
        "name": name,
    }
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def triangle(size):
    return [[135.0, 35.0], [135.0 + size, 35.0], [135.0 + size, 35.0 + size], [135.0, 35.0]]


def store(folder, *towns):
    folder.mkdir(exist_ok=True)
    text = json.dumps({"type": "FeatureCollection", "features": towns})
    for name in (DETAIL, OVERVIEW):
        (folder / name).write_bytes(gzip.compress(text.encode()))
    whole = {"features": [town("280003", "", triangle(0.1))]}
    (folder / PREFECTURES).write_text(json.dumps(whole), encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path):
    return store(tmp_path / "reference", town("281000", "神戸市", triangle(0.1)))


def test_a_written_folder_is_current_until_a_source_or_a_file_changes(tmp_path, small):
    folder, sample = tmp_path / "static" / "boundaries", tmp_path / "boundaries.geojson"
    assert not boundaries_are_current(folder, small, sample)
    invented = town("992011", "みほん市", triangle(0.2), "99", "見本県")
    sample.write_text(json.dumps({"features": [invented]}), encoding="utf-8")
    written = write_boundaries(folder, small, sample)
    assert boundaries_are_current(folder, small, sample)
    assert {path.name for path in folder.iterdir()} == {path.name for path in written}
    assert {"28.geojson", "99.geojson", "japan.geojson", "index.json"} < {path.name for path in written}
    assert [path.name for path in folder.parent.iterdir()] == ["boundaries"]

    sample.unlink()
    assert not boundaries_are_current(folder, small, sample)
    write_boundaries(folder, small, sample)
    assert not (folder / "99.geojson").exists()
    assert boundaries_are_current(folder, small, sample)

    (folder / "28.geojson").unlink()
    assert not boundaries_are_current(folder, small, sample)


def test_a_failed_run_leaves_what_stood_there(tmp_path, small):
    folder = tmp_path / "static" / "boundaries"
    write_boundaries(folder, small, NOWHERE)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    store(small, town("281000", "神戸市", triangle(0.00001)))
    with pytest.raises(VanishedOutline, match="281000 神戸市"):
        write_boundaries(folder, small, NOWHERE)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_points_that_become_equal_are_written_once(tmp_path, small):
    ring = triangle(0.1)
    ring.insert(1, [135.00001, 35.00001])
    write_boundaries(tmp_path / "out", store(small, town("281000", "神戸市", ring)), NOWHERE)
    (feature,) = json.loads((tmp_path / "out" / "28.geojson").read_text(encoding="utf-8"))["features"]
    assert polygons(feature) == [[[[135.0, 35.0], [135.1, 35.0], [135.1, 35.1], [135.0, 35.0]]]]
