"""The demo files, read back naively (not by the loader)."""

import csv
import io
import zipfile
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.sample import write_sample

FIRST_HEADINGS = ("紹介番号", "会議番号", "団体コード", "市区町村", "会議体", "年月", "年度")


def grids(path: Path) -> dict[str, list[list[object]]]:
    """Cells of every sheet, '' for blank; the encoding is found by trying, as a person would."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return {page.title: [["" if c is None else c for c in row] for row in page.values] for page in book}
    data = path.read_bytes()
    text = data.decode("utf-8-sig") if data.startswith(b"\xef\xbb\xbf") else data.decode("cp932")
    delimiter = "\t" if "\t" in text else ","
    return {"": [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]}


def data_rows(grid: list[list[object]]) -> list[dict[str, object]]:
    top = next(n for n, row in enumerate(grid) if len(row) > 5 and row[5] != "" and row[0] in FIRST_HEADINGS)
    heads = [str(cell).replace("\n", "") for cell in grid[top]]
    body = [row for row in grid[top + 1 :] if any(cell != "" for cell in row)]
    body = [row for row in body if row[0] != "合計" and not str(row[0]).startswith("※")]
    return [dict(zip(heads, row, strict=True)) for row in body]


@pytest.fixture(scope="module")
def read(demo) -> dict[str, dict[str, list[list[object]]]]:
    returns = demo.out / "returns"
    return {path.name: grids(path) for path in sorted(returns.iterdir())}


def count(read, kind: str) -> int:
    return sum(len(data_rows(g)) for name, sheets in read.items() if kind in name for g in sheets.values())


def test_the_list_of_paths_is_what_lies_on_disk(demo):
    assert sorted(demo.paths) == sorted(path for path in demo.out.rglob("*") if path.is_file())


def test_the_same_seed_gives_the_same_bytes(demo, tmp_path):
    again = write_sample(tmp_path)
    assert [path.name for path in again] == [path.name for path in demo.paths]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(again, demo.paths, strict=True))


def test_rows_and_files_are_as_many_as_planned(read):
    assert len([name for name in read if "相互紹介記録" in name]) == 115
    assert len([name for name in read if "会議開催" in name]) == 109
    assert count(read, "相互紹介記録") == 5914
    assert count(read, "会議開催") == 4776
    assert len([name for name in read if "月次相談件数" in name]) == 39
    assert len([name for name in read if "年次連携状況" in name]) == 39
    assert count(read, "月次相談件数") == 2271
    assert count(read, "年次連携状況") == 114


def test_every_file_says_that_it_is_invented(demo, read):
    assert all("架空データ" in path.name for path in demo.paths)
    tops = [str(grid[0][0]) for sheets in read.values() for grid in sheets.values()]
    titled = [top for top in tops if top not in FIRST_HEADINGS]
    assert len(titled) > 50
    assert all(top.startswith("【架空データ】") for top in titled)


def test_two_municipalities_never_sent_anything(read):
    names = " ".join(read)
    assert "水琴町" not in names and "雪綿村" not in names
    senders = {name.split("_")[2] for name in read}
    assert len(senders) == 39


def test_missing_months_show_in_the_names_of_the_files(read):
    assert "R6.4-R6.12_相互紹介記録_風待市_架空データ.csv" in read
    assert "R6_相互紹介記録_風待市_架空データ.csv" not in read
    kasho = [name.split("_")[0] for name in read if "相互紹介記録_花汐市" in name]
    assert kasho == ["R4", "R5.10-R6.3", "R5.4-R5.7", "R6.4-R6.7", "R6.9-R7.3"]


def test_a_month_without_a_case_is_a_sheet_or_file_with_headings_only(read):
    monthly = [name for name in read if "相互紹介記録_風花村" in name]
    assert len(monthly) == 12
    empty = [name for name in monthly if not data_rows(read[name][""])]
    assert len(empty) == 10
    assert "令和6年4月分" in str(read["R6.4_相互紹介記録_風花村_架空データ.csv"][""][0][0])
    book = read["R6_相互紹介記録_こだまの村_架空データ.xlsx"]
    assert list(book) == [f"R6.{n}" for n in range(4, 13)] + ["R7.1", "R7.2", "R7.3"]
    assert sum(not data_rows(grid) for grid in book.values()) == 9


def test_a_month_partly_sent_says_so_in_its_title(read):
    book = read["R6_相互紹介記録_瑠璃野市_架空データ.xlsx"]
    assert book["R7.3"][0][0] == "【架空データ】相互紹介記録（令和7年3月分）（14日まで・一部）"
    assert all("一部" not in str(grid[0][0]) for name, grid in book.items() if name != "R7.3")


def test_files_come_in_the_encodings_and_forms_that_clerks_use(demo):
    forms: Counter[str] = Counter()
    for path in (demo.out / "returns").iterdir():
        data = path.read_bytes()
        if path.suffix == ".xlsx":
            forms["xlsx"] += 1
        elif data.startswith(b"\xef\xbb\xbf"):
            forms["utf-8-sig"] += 1
        else:
            forms["cp932 tab" if "\t" in data.decode("cp932") else "cp932"] += 1
    assert set(forms) == {"xlsx", "utf-8-sig", "cp932 tab", "cp932"}
    assert min(forms.values()) >= 10


def test_dates_are_spelled_in_every_way(read):
    def first(name: str, heading: str = "把握日") -> object:
        return data_rows(next(iter(read[name].values())))[0][heading]

    assert str(first("R6_相互紹介記録_あさなぎ市_架空データ.csv")).startswith("2024/4/")
    assert str(first("R6_相互紹介記録_帆影市_架空データ.csv")).startswith("2024-04-")
    assert str(first("R6_相互紹介記録_青苑市_架空データ.csv")).startswith("R6.4.")
    assert str(first("R6_相互紹介記録_星見野市_架空データ.csv")).startswith("202404")
    assert isinstance(first("R6_相互紹介記録_つきふね市_架空データ.xlsx"), date | datetime)
    assert str(first("R6_相互紹介記録_花汐市_架空データ.xlsx".replace("R6_", "R4_"))).startswith("令和4年4月")
    assert str(first("R6_相互紹介記録_虹ヶ野市_架空データ.xlsx", "受付日")).startswith("令和６年４月")


def test_excel_titles_are_merged_and_headings_broken(demo):
    page = load_workbook(demo.out / "returns" / "R6_相互紹介記録_つきふね市_架空データ.xlsx").active
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A1:O1"]
    assert page["D4"].value == "紹介先\n機関"


def test_numbers_are_unique_within_a_municipality_but_for_the_planned_slips(read):
    seen: Counter[tuple[str, object]] = Counter()
    for name, sheets in read.items():
        if "相互紹介記録" in name:
            for grid in sheets.values():
                seen.update((name.split("_")[2], row["紹介番号"]) for row in data_rows(grid))
    assert sum(times - 1 for times in seen.values()) == 2
    assert {town for (town, _), times in seen.items() if times > 1} == {"風待市"}


@pytest.mark.parametrize(
    ("name", "row", "cells"),
    [
        ("R6_相互紹介記録_夕凪原市_架空データ.csv", 4, {"つなぎ日": "2024/3/1"}),
        ("R6_相互紹介記録_夕凪原市_架空データ.csv", 9, {"つなぎ日": "2025/3/20", "初回相談日": "2025/3/3"}),
        ("R6_相互紹介記録_夕凪原市_架空データ.csv", 15, {"団体コード": "131016", "市区町村": "千代田区"}),
        ("R5_相互紹介記録_青苑市_架空データ.csv", 5, {"把握日": "R5.4.31"}),
        ("R5_相互紹介記録_青苑市_架空データ.csv", 11, {"把握日": "R50.6.12"}),
        ("R6_相互紹介記録_星見野市_架空データ.csv", 3, {"結果": "様子見"}),
        ("R6_相互紹介記録_星見野市_架空データ.csv", 12, {"本人同意": "口頭"}),
        ("R6.4-R6.12_相互紹介記録_風待市_架空データ.csv", 8, {"紹介番号": "R6-0002"}),
        ("R6.4-R6.12_相互紹介記録_風待市_架空データ.csv", 20, {"紹介番号": "R6-0019"}),
        (
            "R6_会議開催・出席記録_鈴音市_架空データ.csv",
            2,
            {"参加機関": '=HYPERLINK("http://mihon.invalid/","資料")'},
        ),
        ("R6_会議開催・出席記録_鈴音市_架空データ.csv", 6, {"検討ケース数": "-3"}),
        ("R6_会議開催・出席記録_鈴音市_架空データ.csv", 9, {"時間(分)": "82.5"}),
    ],
)
def test_the_planned_slips_are_there(read, name, row, cells):
    found = data_rows(read[name][""])[row - 1]
    assert {heading: found[heading] for heading in cells} == cells


def test_files_to_be_refused_whole_lie_apart(demo):
    names = sorted(path.name for path in (demo.out / "wrong").iterdir())
    assert names == [
        "R6.6_相互紹介記録_青苑市_中身がHTML_架空データ.xls",
        "R6.6_相互紹介記録_青苑市_備考に連絡先_架空データ.csv",
        "R6.6_相互紹介記録_青苑市_氏名入り_架空データ.xlsx",
    ]
    page = load_workbook(demo.out / "wrong" / names[2]).active
    assert [page["B4"].value, page["B5"].value] == ["氏名", "見本 太郎"]


def test_no_value_of_the_returns_looks_like_a_person(demo):
    for path in (demo.out / "returns").iterdir():
        data = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                data = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/"))
        for word in ("氏名", "見本 太郎", "電話"):
            assert word.encode() not in data and word.encode("cp932") not in data, path.name
