"""受付: the record of what came, what is missing, and a load by upload. Reading of files is tested in tests/etl."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import table_with, words
from tests.sample_database import SENDERS, SILENT, SampleDatabase

TITLES = {"referral": "相互紹介記録", "meeting": "会議開催・出席記録"}
MARKS = {"received": "●", "zero": "0", "partial": "△", "missing": "未"}
GOOD = "紹介番号,団体コード,市区町村,把握日,紹介元部署,紹介先機関,利用勧奨\r\n{}\r\n"


def short(period: str) -> str:
    return f"R{int(period[:4]) - 2018}.{int(period[5:])}"


def test_every_receipt_stands_in_the_record(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake")
    table = table_with(app, "受付日時").set_index("ファイル")
    assert len(table) == len(internal.receipts)
    for receipt in internal.receipts:
        row = table.loc[receipt.file]
        assert (row["行"], row["受け入れ"], row["保留"]) == (
            receipt.rows_in_file,
            receipt.rows_accepted,
            receipt.rows_quarantined,
        )
        assert row["種類"] == TITLES[receipt.return_id]
    outcomes = Counter(receipt.outcome for receipt in internal.receipts)
    assert f"これまでに{len(internal.receipts)}件のファイルを受け取りました" in words(app)
    assert f"受け入れ{outcomes['accepted']}件" in words(app)
    assert f"一部保留{outcomes['accepted_with_quarantine']}件" in words(app)


def test_the_latest_receipt_comes_first(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_with(open_page("intake"), "受付日時")
    assert list(table["受付日時"]) == sorted(table["受付日時"], reverse=True)
    assert table["ファイル"].iloc[0] == internal.receipts[-1].file


def test_a_receipt_can_be_read_again_with_its_problems(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake")
    receipt = next(one for one in internal.receipts if one.outcome == "accepted_with_quarantine")
    app.selectbox(key="receipt").set_value(receipt.load_id).run()
    table = table_with(app, "扱い")
    assert list(table["扱い"]).count("保留") == sum(one["level"] == "row" for one in receipt.problems)
    assert f"{receipt.rows_quarantined}行を保留しました" in app.warning[0].value


@pytest.mark.parametrize("return_id", TITLES)
@pytest.mark.parametrize("year", [2024, 2022])
def test_the_matrix_of_months_equals_what_was_received(
    internal: SampleDatabase, open_page: Opened, return_id: str, year: int
) -> None:
    app = open_page("intake", fy=str(year), **{"return": return_id})
    table = table_with(app, "市区町村").set_index("市区町村")
    sent = {
        (row["area_code"], row["period"]): row["state"]
        for row in internal.rows("core.coverage")
        if row["return_id"] == return_id
    }
    months = recount.fiscal_year(year)
    missing = 0
    for area in internal.rows("core.area"):
        states = [sent.get((area["area_code"], month), "missing") for month in months]
        shown = table.loc[area["name"]]
        assert [shown[short(month)] for month in months] == [MARKS[state] for state in states]
        assert shown["未提出の月"] == states.count("missing")
        missing += states.count("missing")
    assert f"未提出の月は延べ{missing}か月です" in words(app)


def test_who_sent_nothing_is_named(internal: SampleDatabase, open_page: Opened) -> None:
    shown = words(open_page("intake"))
    for name in SILENT:
        assert name in shown.split("1か月も提出していないのは")[1]


Uploaded = Callable[..., AppTest]


@pytest.fixture
def uploaded(internal: SampleDatabase, open_page: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Uploaded:
    """uploaded((name, bytes), …) loads files through the form into a copy of the sample database."""
    monkeypatch.setenv("RENKEI_DB", internal.copy_to(tmp_path / "build").path)

    def load(*files: tuple[str, bytes], replace: bool = False) -> AppTest:
        app = open_page("intake")
        app.file_uploader(key="files").set_value([(name, data, "text/csv") for name, data in files])
        if replace:
            app.checkbox(key="replace").check()
        next(one for one in app.button if one.label == "読み込む").click()
        app.run()
        assert [found.message for found in app.exception] == []
        return app

    return load


def one_case(number: str, code: str, name: str, day: str = "2024/6/24") -> bytes:
    return GOOD.format(f"{number},{code},{name},{day},福祉課,自立相談支援機関,有").encode("cp932")


def test_an_uploaded_file_is_accepted_and_counts_at_once(uploaded: Uploaded, internal: SampleDatabase) -> None:
    app = uploaded(("R6.6_相互紹介記録_水琴町.csv", one_case("A-1", SILENT["水琴町"], "水琴町")))
    assert "1行を受け入れました" in app.success[0].value
    assert table_with(app, "受付日時")["ファイル"].iloc[0] == "R6.6_相互紹介記録_水琴町.csv"
    matrix = table_with(app, "市区町村").set_index("市区町村")
    assert matrix.loc["水琴町", "R6.6"] == "●"
    assert matrix.loc["水琴町", "R6.7"] == "未"


def test_a_file_with_names_of_people_is_refused_and_its_value_never_shown(uploaded: Uploaded) -> None:
    text = "紹介番号,氏名,団体コード,把握日\r\nA-1,山田 太郎兵衛,993620,2024/6/24\r\n"
    app = uploaded(("氏名入り.csv", text.encode("cp932")))
    assert "差し戻し" in app.error[0].value
    assert "氏名" in table_with(app, "扱い").to_csv()
    everything = words(app) + "".join(one.value.to_csv() for one in app.dataframe)
    assert "太郎兵衛" not in everything
    assert "山田" not in everything


def test_what_was_refused_leaves_the_figures_as_they_were(uploaded: Uploaded, open_page: Opened) -> None:
    before = table_with(open_page("intake"), "市区町村")
    app = uploaded(("氏名入り.csv", "紹介番号,氏名,団体コード,把握日\r\nA-1,山田太郎,993620,2024/6/24\r\n".encode()))
    assert table_with(app, "市区町村").equals(before)


def test_the_same_file_twice_changes_nothing(uploaded: Uploaded) -> None:
    file = ("水琴町.csv", one_case("A-1", SILENT["水琴町"], "水琴町"))
    uploaded(file)
    app = uploaded(file)
    assert "受け取り済み" in app.info[-1].value
    assert list(table_with(app, "受付日時")["結果"][:2]) == ["変更なし", "受け入れ"]


def test_several_files_are_told_one_by_one(uploaded: Uploaded) -> None:
    bad = "紹介番号,電話番号,団体コード,把握日\r\nA-1,03-1234-5678,993620,2024/6/24\r\n".encode("cp932")
    app = uploaded(
        ("一.csv", one_case("A-1", SILENT["水琴町"], "水琴町")),
        ("二.csv", bad),
        ("三.csv", one_case("A-2", SILENT["雪綿村"], "雪綿村", "2024/13/45") + b""),
    )
    assert "一.csv" in app.success[0].value
    assert any("二.csv" in one.value for one in app.error)
    shown = table_with(app, "受付日時").set_index("ファイル")["結果"]
    assert (shown["一.csv"], shown["二.csv"]) == ("受け入れ", "差し戻し")
    assert shown["三.csv"] in ("一部保留", "差し戻し")


def test_asking_to_load_without_a_file_says_what_to_do(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake")
    next(one for one in app.button if one.label == "読み込む").click()
    app.run()
    assert "ファイルを選んでから" in app.warning[0].value


def test_the_senders_of_the_sample_are_those_the_database_knows(internal: SampleDatabase) -> None:
    names = {row["name"]: row["area_code"] for row in internal.rows("core.area")}
    for name, code in (SENDERS | SILENT).items():
        assert names[name] == code
