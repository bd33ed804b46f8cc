"""The attack that anybody can make: from published files alone, by the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from release.__main__ import main
from release.opendata import FIELDS

HEADINGS = [name for name, _, _ in FIELDS]


def open_data(path: Path, counts: dict[str, tuple[str, str]]) -> Path:
    """A CSV as it is published, of one year and no breakdown: numerator and denominator by municipality."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS, restval="")
    writer.writeheader()
    for code, (numerator, denominator) in counts.items():
        level = "都道府県" if code == "990001" else "市区町村"
        row = {
            "全国地方公共団体コード": code,
            "市区町村名": code,
            "地域区分": level,
            "区分": "全体",
            "期間（コード）": "2024",
        }
        state = "秘匿" if "x" in (numerator, denominator) else "公表値"
        writer.writerow({**row, "分子": numerator, "分母": denominator, "状態": state})
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return path


def attacked(capsys, *arguments: str) -> tuple[int, dict]:
    code = main(["attack", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_count_that_follows_from_the_total_is_found(capsys, tmp_path):
    counts = {"992011": ("40", "60"), "992038": ("x", "70"), "992054": ("50", "80"), "990001": ("94", "210")}
    code, found = attacked(capsys, str(open_data(tmp_path / "direction_balance.csv", counts)))
    assert code == 1
    (cell,) = [one for one in found["cells"] if one["part"] == "numerator"]
    assert (cell["area_code"], cell["low"], cell["high"], cell["is_safe"]) == ("992038", 4, 4, False)


def test_two_hidden_counts_that_share_little_are_found_with_their_interval(capsys, tmp_path):
    counts = {"992011": ("40", "60"), "992038": ("x", "70"), "992054": ("x", "80"), "990001": ("46", "210")}
    code, found = attacked(capsys, str(open_data(tmp_path / "direction_balance.csv", counts)))
    assert code == 1
    intervals = {one["area_code"]: (one["low"], one["high"]) for one in found["cells"] if one["part"] == "numerator"}
    assert intervals == {"992038": (0, 6), "992054": (0, 6)}


def test_a_small_difference_of_two_printed_counts_is_found(capsys, tmp_path):
    counts = {"992011": ("57", "60"), "992038": ("30", "70"), "990001": ("87", "130")}
    code, found = attacked(capsys, str(open_data(tmp_path / "direction_balance.csv", counts)))
    assert code == 1
    (cell,) = [one for one in found["cells"] if not one["is_safe"]]
    assert (cell["part"], cell["area_code"], cell["low"], cell["high"]) == ("rest", "992011", 3, 3)


def test_what_is_wide_open_is_safe(capsys, tmp_path):
    counts = {"992011": ("40", "60"), "992038": ("x", "70"), "992054": ("x", "80"), "990001": ("90", "210")}
    code, found = attacked(capsys, str(open_data(tmp_path / "direction_balance.csv", counts)))
    assert code == 0 and found["open"] == 0 and found["hidden"] == 2


@pytest.mark.parametrize("form", ["database", "folder", "csv"])
def test_the_sample_release_gives_nothing_away_in_any_form(capsys, published, form):
    paths = {
        "database": published.place.pointer.with_name("public.duckdb"),
        "folder": published.folder,
        "csv": next((published.folder / "data").glob("handover_rate*.csv")),
    }
    code, found = attacked(capsys, str(paths[form]))
    assert code == 0 and found["hidden"] > 20 and found["open"] == 0


def test_the_command_line_publishes_lists_and_takes_back(capsys, published, tmp_path):
    place = published.copy_to(tmp_path / "build")
    chosen = ["--indicator", "council_established", "--fiscal-year", "2024", "--db", str(place.pointer)]
    assert main(["publish", *chosen]) == 2
    assert "--approve-as" in capsys.readouterr().err
    assert main(["publish", *chosen, "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["folder"] is None
    assert main(["publish", *chosen, "--approve-as", "課長"]) == 0
    assert "第2号として公表しました" in capsys.readouterr().out
    assert main(["withdraw", "2", "--who", "係長", "--reason", "誤り", "--db", str(place.pointer)]) == 0
    capsys.readouterr()
    assert main(["status", "--json", "--db", str(place.pointer)]) == 0
    states = [(one["number"], one["state"]) for one in json.loads(capsys.readouterr().out)]
    assert states == [(1, "published"), (2, "withdrawn")]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["attack", "none.duckdb"], 2),
        (["publish", "--dry-run", "--db", "none.duckdb"], 2),
        (["withdraw", "7", "--who", "係長", "--reason", "誤り", "--db", "none.duckdb"], 2),
    ],
)
def test_wrong_use_is_said_in_a_sentence(capsys, tmp_path, monkeypatch, arguments, code):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    told = capsys.readouterr().err
    assert told.startswith("エラー：") and told.strip().endswith(("。", "none.duckdb"))
