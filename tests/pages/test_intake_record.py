"""受付: the record is searched, one receipt is looked at, a load is taken back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from etl.receipts import Receipt, receipts
from tests.pages.conftest import Opened
from tests.pages.page_text import matrix, table_with, words
from tests.sample_database import SampleDatabase


def opened_receipt(app: AppTest, receipt: Receipt) -> AppTest:
    app.selectbox(key="receipt").set_value(receipt.load_id).run()
    return app


def pressed(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    app.run()
    assert [found.message for found in app.exception] == []
    return app


def asked_back(app: AppTest, reason: str, *, sure: bool = True) -> AppTest:
    app.text_input(key="withdraw-reason").set_value(reason)
    if sure:
        app.checkbox(key="withdraw-sure").check()
    return pressed(app, "取り消す")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("青苑市", lambda one: "青苑市" in one.file),
        ("相互紹介　風花村", lambda one: "風花村" in one.file and "相互紹介" in one.file),
        ("R6.10_会議", lambda one: one.file.startswith("R6.10_会議")),
        ("ｒ６．１０", lambda one: one.file.startswith("R6.10_")),
    ],
)
def test_the_record_is_searched_however_words_are_spelt(
    internal: SampleDatabase, open_page: Opened, wanted: str, expected: object
) -> None:
    app = open_page("intake")
    app.text_input(key="search").set_value(wanted).run()
    found = [one.file for one in internal.receipts if expected(one)]  # type: ignore[operator]
    assert found
    assert sorted(table_with(app, "受付日時")["ファイル"]) == sorted(found)
    assert f"{len(found)}件が当てはまります（全{len(internal.receipts)}件）" in words(app)


def test_a_file_is_found_by_the_start_of_its_digest(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake")
    app.text_input(key="search").set_value(internal.receipts[3].sha256[:12]).run()
    assert list(table_with(app, "受付日時")["ファイル"]) == [internal.receipts[3].file]


def test_only_outcomes_asked_for_are_listed(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake")
    app.multiselect(key="search-outcome").set_value(["一部保留"]).run()
    expected = [one.file for one in internal.receipts if one.outcome == "accepted_with_quarantine"]
    assert sorted(table_with(app, "受付日時")["ファイル"]) == sorted(expected)


def test_a_search_without_a_hit_says_so(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("intake")
    app.text_input(key="search").set_value("どこにもない言葉").run()
    assert "この条件に当てはまる記録はありません" in words(app)


def test_a_load_taken_back_leaves_the_figures_but_stays_in_the_record(
    own_copy: SampleDatabase, open_page: Opened
) -> None:
    receipt = next(one for one in own_copy.receipts if one.file.startswith("R6.10_相互紹介記録_風花村"))
    app = open_page("intake")
    assert matrix(app).loc["風花村", "R6.10"] != "未"
    app.text_input(key="who").set_value("佐竹").run()
    asked_back(opened_receipt(app, receipt), "宛先違いのファイル")
    assert matrix(app).loc["風花村", "R6.10"] == "未"
    table = table_with(app, "受付日時").set_index("ファイル")
    assert table.loc[receipt.file, "結果"] == "取り消し済み"
    assert "取り消し済み1件" in words(app)
    told = opened_receipt(app, receipt).warning[0].value
    assert "取り消し済み" in told and "佐竹：宛先違いのファイル" in told
    assert not [one for one in app.button if one.label == "取り消す"]
    again = {one.load_id: one for one in receipts(own_copy.place.inbox)}
    assert again[receipt.load_id].withdrawn is not None


@pytest.mark.parametrize(
    ("reason", "sure", "told"), [("", True, "取り消す理由を書いてください"), ("宛先違い", False, "印を付けてください")]
)
def test_a_load_is_not_taken_back_by_a_slip_of_the_hand(
    own_copy: SampleDatabase, open_page: Opened, reason: str, sure: bool, told: str
) -> None:
    before = own_copy.place.current()
    receipt = own_copy.receipts[0]
    app = asked_back(opened_receipt(open_page("intake"), receipt), reason, sure=sure)
    assert any(told in one.value for one in app.warning)
    assert own_copy.place.current() == before
