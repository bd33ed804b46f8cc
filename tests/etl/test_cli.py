"""The command line, as a clerk of the prefecture would use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from etl.__main__ import main

ROOT = Path(__file__).parents[2]
COUNTS = {"rows_in_file", "rows_accepted", "rows_quarantined", "quarantined_rows"}
FILE_KEYS = {"file", "return", "outcome", "problems", *COUNTS}


@pytest.fixture
def db(tmp_path):
    return tmp_path / "store" / "internal.duckdb"


@pytest.fixture
def etl(capfd, db):
    """Runs a command in this process; returns exit code, stdout and stderr."""

    def run(command, *arguments, at=db):
        database = ["--db", str(at)] if command in ("load", "build", "status") else []
        options = [command, *map(str, arguments), *database]
        try:
            code = main(options)
        except SystemExit as ended:
            code = ended.code
        return code, *capfd.readouterr()

    return run


@pytest.fixture
def kept(tmp_path):
    def keep(name, data):
        path = tmp_path / "sent" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return keep


RECEIVED = ("--received", "2025-04-10")


def test_a_cp932_file_of_fukushima_with_lost_zeros_is_taken_row_by_row(etl, kept, csv_of, referral):
    names = {"72010": "福島市", "7203": "郡山市", "072028": "会津若松市", "７２０４４": "いわき市"}
    rows = [
        referral(f"F-{n}", 団体コード=code, 市区町村=name, 把握日="R6.6.24")
        for n, (code, name) in enumerate(list(names.items()) * 25)
    ]
    rows[40]["把握日"] = "R6.6.31"
    rows[70]["結果"] = "てきとう"
    path = kept("福島県 R6.6.csv", csv_of(*rows, encoding="cp932"))
    code, out, err = etl("load", path, *RECEIVED, "--prefecture", "07", "--json")
    document = json.loads(out)
    [file] = document["files"]
    assert (code, err) == (1, "")
    assert set(document) == {"files"}
    assert set(file) >= FILE_KEYS
    assert (file["file"], file["return"]) == ("福島県 R6.6.csv", "referral")
    assert file["outcome"] == "accepted_with_quarantine"
    assert (file["rows_in_file"], file["rows_accepted"], file["rows_quarantined"]) == (100, 98, 2)
    assert file["quarantined_rows"] == [41, 71]
    problems = [problem for problem in file["problems"] if problem["level"] == "row"]
    assert [(p["sheet"], p["row"], p["column"], p["rule"]) for p in problems] == [
        (None, 41, "把握日", "date_impossible"),
        (None, 71, "結果", "choice_unknown"),
    ]
    assert all(problem["message"] for problem in problems)


def test_all_accepted_is_exit_0_and_said_in_japanese(etl, kept, csv_of, referral):
    code, out, _ = etl("load", kept("a b　c.csv", csv_of(referral())), *RECEIVED)
    assert code == 0
    assert out == "a b　c.csv：受け入れ（相互紹介記録、1行中 1行受け入れ、0行保留）\n"


def test_a_refused_file_is_exit_1_and_the_others_are_taken(etl, kept, csv_of, referral):
    kept("a.csv", b"%PDF")
    folder = kept("b.csv", csv_of(referral())).parent
    kept("~$b.xlsx", b"lock of an open workbook")
    kept("Thumbs.db", b"pictures")
    kept(".hidden.csv", b"x")
    code, out, _ = etl("load", folder, *RECEIVED, "--json")
    assert code == 1
    assert [(file["file"], file["outcome"]) for file in json.loads(out)["files"]] == [
        ("a.csv", "refused"),
        ("b.csv", "accepted"),
    ]


def test_a_folder_given_twice_changes_nothing_the_second_time(etl, kept, csv_of, referral, db):
    folder = kept("a.csv", csv_of(referral())).parent
    code, out, _ = etl("load", folder, folder, *RECEIVED, "--json")
    assert code == 0
    assert [file["unchanged"] for file in json.loads(out)["files"]] == [False, True]
    code, out, _ = etl("load", folder, *RECEIVED)
    assert code == 0
    assert "何も変更していません" in out


def test_very_long_names_and_spaces_are_no_matter(etl, kept, csv_of, referral):
    name = "長" * 80 + " .csv"
    code, out, _ = etl("load", kept(name, csv_of(referral())), *RECEIVED, "--json")
    assert (code, json.loads(out)["files"][0]["file"]) == (0, name)


def test_wrong_use_is_exit_2_and_says_what_to_do(etl, kept, csv_of, referral):
    path = kept("a.csv", csv_of(referral()))
    for arguments, words in (
        ((path.with_name("nothing.csv"),), "ファイルがありません"),
        ((path, "--prefecture", "48"), "都道府県コード「48」がありません"),
        ((path, "--prefecture", "福島"), "都道府県コード「福島」がありません"),
        ((path, "--municipality", "072011"), "団体コード「072011」が見つかりません"),
        ((path, "--municipality", "x"), "団体コード「x」が見つかりません"),
        ((path, "--municipality", "12203"), "団体コード「12203」は2とおりに読めます（012203、122033）"),
        ((path, "--received", "R7.4.10"), "--received"),
        ((), "PATH"),
    ):
        code, out, err = etl("load", *arguments)
        assert code == 2, arguments
        assert out == ""
        assert words in err
    empty = path.parent / "empty"
    empty.mkdir()
    assert etl("load", empty)[0] == 2


def test_a_database_of_another_prefecture_is_exit_2(etl, kept, csv_of, referral):
    etl("load", kept("a.csv", csv_of(referral())), *RECEIVED)
    code, out, err = etl("load", kept("b.csv", csv_of(referral("B"))), "--prefecture", "13")
    assert (code, out) == (2, "")
    assert "都道府県コード07のものです" in err
    assert "--db" in err


def test_a_municipality_may_be_given_with_or_without_check_digit(etl, kept, csv_of):
    for n, code in enumerate(("072010", "07201", "72010", "7201")):
        path = kept(f"{n}.csv", csv_of({"紹介番号": f"A-{n}", "把握日": "R6.6.24"}))
        assert etl("load", path, "--municipality", code, *RECEIVED)[0] == 0, code


def test_a_prefecture_may_be_given_without_its_zero(etl, kept, csv_of, referral):
    assert etl("load", kept("a.csv", csv_of(referral())), "--prefecture", "7", *RECEIVED)[0] == 0


def test_build_and_status_before_anything_was_sent(etl):
    assert etl("build") == (0, "読み込んだ報告がないため、何も作っていません。\n", "")
    code, out, _ = etl("status")
    assert code == 0
    assert "まだ報告を読み込んでいません" in out
    assert json.loads(etl("status", "--json")[1]) == {"status": []}


def test_build_and_status_after_a_load(etl, kept, csv_of, referral):
    etl("load", kept("a.csv", csv_of(referral())), *RECEIVED)
    code, out, _ = etl("build")
    assert code == 0
    assert out.startswith("組み立て直しました：internal-")
    _, out, _ = etl("status")
    assert "072010 福島市 相互紹介記録：受領1月、0件0月、一部0月、未提出0月" in out.splitlines()
    [fukushima] = [row for row in json.loads(etl("status", "--json")[1])["status"] if row["area_code"] == "072010"]
    assert fukushima["received"] == ["2024-06"]


def test_a_missing_kept_file_is_told_without_a_traceback(etl, kept, csv_of, referral, db):
    etl("load", kept("福島市.csv", csv_of(referral())), *RECEIVED)
    for path in [*db.parent.glob("*.duckdb"), *(db.parent / "internal_inbox" / "files").iterdir()]:
        path.unlink()
    code, _, err = etl("build")
    assert code == 1
    assert "「福島市.csv」がない" in err
    assert "Traceback" not in err


def test_many_problems_are_cut_on_screen(etl, kept, csv_of, referral):
    rows = [referral(f"A-{n}", 結果="?" if n else "終結") for n in range(40)]
    _, out, _ = etl("load", kept("a.csv", csv_of(*rows)), *RECEIVED)
    assert len(out.splitlines()) == 22
    assert "（ほか19件は --json で見られます）" in out


def run_unheard(*arguments):
    """Runs a command whose reader has gone; returns exit code and stderr."""
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.close()
    with process.stderr:
        said = process.stderr.read()
    return process.wait(60), said


def test_a_reader_that_stops_early_gets_no_traceback_and_the_files_are_loaded_all_the_same(
    etl, kept, csv_of, referral, db
):
    kept("a.csv", csv_of(referral("A-1")))
    folder = kept("b.csv", csv_of(referral("A-2"))).parent
    assert run_unheard("load", folder, *RECEIVED, "--db", db) == (0, "")
    assert run_unheard("status", "--db", db) == (0, "")
    assert run_unheard("status", "--json", "--db", db) == (0, "")
    [fukushima] = [row for row in json.loads(etl("status", "--json")[1])["status"] if row["area_code"] == "072010"]
    assert fukushima["received"] == ["2024-06"]
    assert etl("load", folder, *RECEIVED)[1].count("何も変更していません") == 2


def test_the_sample_is_written_where_asked(etl, tmp_path):
    code, out, _ = etl("sample", "--prefecture", "07", "--rows", "50", "--out", tmp_path / "sample")
    assert code == 0
    assert "2ファイル書き出しました" in out
    assert etl("load", tmp_path / "sample", *RECEIVED)[0] == 0
