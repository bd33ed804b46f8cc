from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.reference import load_reference
from etl.regions import REGIONS, read_regions
from etl.sources import ReferenceMismatch

HEAD = "団体コード,市区町村,圏域\n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "regions.csv"
    path.write_bytes((HEAD + text).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_list_as_excel_saves_it_is_read(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "72010,福島市,県北\n072036,郡山市,県中\n072044,いわき市,\n", encoding)
    found = read_regions([path])
    assert found.to_dict("list") == {"area_code": ["072010", "072036"], "region": ["県北", "県中"]}


def test_no_list_and_an_empty_list_give_no_region(tmp_path: Path) -> None:
    assert len(read_regions([tmp_path / "regions.csv"])) == 0
    assert len(read_regions([written(tmp_path, "")])) == 0
    assert REGIONS.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("福島市,福島市,県北\n", "not a code of six digits"), ("072010,福島市,県北\n72010,福島市,県中\n", "listed twice")],
)
def test_a_wrong_list_is_refused_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ReferenceMismatch, match=said):
        read_regions([written(tmp_path, text)])


def test_a_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text("コード,圏域\n", encoding="utf-8")
    with pytest.raises(ReferenceMismatch, match="団体コード"):
        read_regions([path])


def test_a_municipality_that_does_not_exist_stops_the_load(tmp_path: Path) -> None:
    with duckdb.connect() as con, pytest.raises(ReferenceMismatch, match=r"municipalities of regions\.csv"):
        load_reference(con, regions=written(tmp_path, "072019,なし市,県北\n"))


def test_the_sample_prefecture_has_three_regions_that_cover_it() -> None:
    with duckdb.connect() as con:
        load_reference(con)
        found = con.execute(
            "select count(*), count(region), count(distinct region) from ref.municipality"
            " left join ref.region using (area_code) where pref_code = '99'"
        ).fetchone()
    assert found == (41, 41, 3)
