"""様式と用語: the page says what the declarations say, and hands out each return's entry template."""

from __future__ import annotations

import pytest

from etl.declare import all_returns
from etl.problems import all_rules
from tests.pages.conftest import Opened
from tests.pages.page_text import words
from tests.sample_database import SampleDatabase

TITLES = {one: declared.title for one, declared in all_returns().items()}


@pytest.mark.parametrize("name", TITLES)
def test_every_field_of_a_return_stands_in_its_table(internal: SampleDatabase, open_page: Opened, name: str) -> None:
    app = open_page("dictionary", **{"return": name})
    declared = all_returns()[name]
    shown = next(one.value for one in app.dataframe if list(one.value.columns)[:2] == ["項目", "必須"])
    assert list(shown["項目"]) == [field.heading for field in declared.fields]
    assert list(shown["必須"]) == ["必須" if field.required else "任意" for field in declared.fields]
    assert declared.grain in words(app)
    assert "第1版（令和6年4月1日から）" in words(app)


def test_the_first_return_is_the_referral_and_all_five_can_be_chosen(
    internal: SampleDatabase, open_page: Opened
) -> None:
    box = open_page("dictionary").selectbox(key="return")
    assert box.value == "referral"
    assert list(box.options) == [
        "相互紹介記録", "会議開催・出席記録", "月次相談件数", "年次連携状況", "取組事例",
    ]  # fmt: skip


def test_the_template_can_be_downloaded(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("dictionary")
    assert "入力様式をダウンロード" in [one.label for one in app.get("download_button")]


def test_every_rule_is_told_with_what_to_do(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("dictionary")
    shown = next(one.value for one in app.dataframe if "どうすればよいか" in one.value.columns)
    assert len(shown) == len(all_rules())
    assert set(shown["扱い"]) == {"差し戻し", "保留", "お知らせ"}
    assert (shown["どうすればよいか"].str.len() >= 8).all()
    assert not shown["内容"].str.contains("[{}]").any()


def test_choices_are_told_with_what_else_is_understood(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("dictionary")
    shown = next(one.value for one in app.dataframe if one.value.columns[0] == "選択肢")
    given = shown[(shown["項目"] == "本人同意") & (shown["選択肢"] == "有")].iloc[0]
    assert "同意あり" in given["同じものとして読み取る語"]
    assert "第1版" in given["一覧の版"]


def test_a_yearly_return_says_what_it_reports(internal: SampleDatabase, open_page: Opened) -> None:
    assert "行のある年度の12か月" in words(open_page("dictionary", **{"return": "practice"}))
    assert "未提出の月は数えません" in words(open_page("dictionary", **{"return": "example"}))


def test_the_page_needs_no_database(internal: SampleDatabase, open_page: Opened, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("RENKEI_DB", str(tmp_path / "none.duckdb"))
    assert open_page("dictionary").title[0].value.startswith("様式と用語")
