"""受付: the record of what came, and what is missing."""

from __future__ import annotations

from collections import Counter

import pytest

from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import matrix, table_with, words
from tests.sample_database import SENDERS, SILENT, SampleDatabase

TITLES = {
    "referral": "相互紹介記録",
    "meeting": "会議開催・出席記録",
    "consultation": "月次相談件数",
    "practice": "年次連携状況",
    "example": "取組事例",
}
MARKS = {"received": "●", "zero": "0", "partial": "△", "missing": "未"}


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


@pytest.mark.parametrize("return_id", ["referral", "meeting", "consultation"])
@pytest.mark.parametrize("year", [2024, 2022])
def test_the_matrix_of_months_equals_what_was_received(
    internal: SampleDatabase, open_page: Opened, return_id: str, year: int
) -> None:
    app = open_page("intake", fy=str(year), **{"return": return_id})
    table = matrix(app)
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
        assert shown["未提出の月"] == str(states.count("missing"))
        missing += states.count("missing")
    assert f"未提出の月は延べ{missing}か月です" in words(app)


def test_a_yearly_return_has_one_column_a_year(internal: SampleDatabase, open_page: Opened) -> None:
    table = matrix(open_page("intake", **{"return": "practice"}))
    assert list(table.columns) == ["令和4年度", "令和5年度", "令和6年度", "未提出の年度"]
    sent = {
        (row["area_code"], row["period"]) for row in internal.rows("core.coverage") if row["return_id"] == "practice"
    }
    for area in internal.rows("core.area"):
        for year, column in ((2022, "令和4年度"), (2023, "令和5年度"), (2024, "令和6年度")):
            expected = "●" if (area["area_code"], f"{year}-04") in sent else "未"
            assert table.loc[area["name"], column] == expected


def test_the_reminder_holds_whoever_owes_a_month(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake", fy="2024")
    text = next(one.value for one in app.code if "届いていません" in one.value)
    table = matrix(app)
    late = [name for name in table.index if table.loc[name, "未提出の月"] != "0"]
    assert late
    assert [line.split("：")[0] for line in text.splitlines()[2:]] == late


def test_who_sent_nothing_is_named(internal: SampleDatabase, open_page: Opened) -> None:
    shown = words(open_page("intake"))
    for name in SILENT:
        assert name in shown.split("1か月も提出していないのは")[1]


def test_the_senders_of_the_sample_are_those_the_database_knows(internal: SampleDatabase) -> None:
    names = {row["name"]: row["area_code"] for row in internal.rows("core.area")}
    for name, code in (SENDERS | SILENT).items():
        assert names[name] == code
