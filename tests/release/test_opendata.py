"""The files that anybody downloads: what datapackage.json says of them is so."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from metrics.catalog import load_catalog
from release.figures import printed_figures
from release.opendata import FIELDS, MARKS, STATES, table_text
from release.publish import _published
from tests.release.conftest import approve


@pytest.fixture(scope="module")
def package(published) -> dict:
    return json.loads((published.folder / "data" / "datapackage.json").read_text(encoding="utf-8"))


def rows_of(folder: Path, resource: dict) -> list[dict[str, str]]:
    text = (folder / "data" / resource["path"]).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_file_is_as_its_schema_says(published, package):
    assert {one["path"] for one in package["resources"]} == {
        path.name for path in (published.folder / "data").glob("*.csv")
    }
    readers = {"string": str, "number": float, "integer": int}
    for resource in package["resources"]:
        body = (published.folder / "data" / resource["path"]).read_bytes()
        assert body.startswith(b"\xef\xbb\xbf") and b"\r\n" in body
        rows = rows_of(published.folder, resource)
        fields = resource["schema"]["fields"]
        assert list(rows[0]) == [field["name"] for field in fields] == [name for name, _, _ in FIELDS]
        for row in rows:
            for field in fields:
                cell = row[field["name"]]
                if cell not in resource["schema"]["missingValues"]:
                    value = readers[field["type"]](cell)
                    assert not (isinstance(value, float) and not math.isfinite(value))


def test_it_says_the_licence_the_day_the_sources_and_that_it_is_invented(published, package):
    assert package["licenses"][0]["name"] == "CC-BY-4.0" and package["sources"] and package["asOf"] == "2025-03-31"
    assert {one["mark"] for one in package["legend"]} >= set(MARKS.values())
    assert "架空データ" in package["title"] and all("架空データ" in one["path"] for one in package["resources"])
    assert all(row["備考"] == "架空データ" for one in package["resources"] for row in rows_of(published.folder, one))


def test_each_state_has_its_own_mark_and_none_is_blank_or_zero(published, package):
    counted = [one for one in package["resources"] if one["path"].startswith(("handover", "council"))]
    seen = set()
    for row in (row for resource in counted for row in rows_of(published.folder, resource)):
        seen.add(row["状態"])
        counts = row["分子"], row["分母"]
        if row["状態"] == STATES["hidden"]:
            assert "x" in counts and row["値"] == row["95％信頼区間下限"] == "x"
        elif row["状態"] == STATES["not_sent"]:
            assert {*counts, row["値"]} == {"…"}
        elif row["状態"] == STATES["not_applicable"]:
            assert {*counts, row["値"]} == {"-"}
        else:
            assert all(re.fullmatch(r"\d+", count) for count in counts) and re.fullmatch(r"[\d.]+", row["値"])
    assert seen >= {STATES[one] for one in ("value", "hidden", "not_sent", "not_applicable")}


def test_codes_keep_their_zeros_and_names_are_no_formulas(published):
    catalog = load_catalog()
    told = _published(published.draft, approve(published.draft).at)
    figures = printed_figures(published.draft.cells, catalog, published.draft.publication.facts, published.draft.rules)
    areas = told.areas.assign(name=told.areas["name"].where(told.areas["area_code"] != "992011", '=HYPERLINK("x")'))
    renamed = replace(told, areas=areas, figures=figures)
    text = table_text(catalog["council_established"], renamed)
    assert "'=HYPERLINK" in text and "992011," in text and "\n=" not in text


def test_the_description_is_a_data_package_by_the_letter(published, package):
    """The rules of specs.frictionlessdata.io for a tabular data package, as far as ours uses them."""
    assert package["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"]) and datetime.fromisoformat(package["created"]).tzinfo
    assert all({"name", "path"} & one.keys() for one in package["licenses"])
    assert all(one["title"] for one in package["sources"])
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    for one in package["resources"]:
        assert one["profile"] == "tabular-data-resource" and re.fullmatch(r"[-a-z0-9._/]+", one["name"])
        assert not one["path"].startswith(("/", "~")) and ".." not in one["path"] and "//" not in one["path"]
        fields = one["schema"]["fields"]
        assert {field["type"] for field in fields} <= {"string", "number", "integer"}
        assert len({field["name"] for field in fields}) == len(fields)
        assert "" in one["schema"]["missingValues"] and one["encoding"] == "utf-8"
