"""The public pages over a small release: what is hidden stays hidden, every mark is told apart, links restore views."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app import PUBLIC_PAGES
from tests.pages.page_text import choices, words
from tests.pages.tables import html_of, table_having
from tests.published_release import TOWNS, WHOLE, write_release
from tests.sample_database import ROOT
from ui import theme

Opened = Callable[..., AppTest]
TITLES = {url: title for _, title, url, _ in PUBLIC_PAGES}


@pytest.fixture(scope="module")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_release(tmp_path_factory.mktemp("published"))


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch, small_release: Path, boundaries: None) -> Path:
    """The public audience with a release."""
    monkeypatch.delenv("RENKEI_AUDIENCE", raising=False)
    monkeypatch.setenv("RENKEI_PUBLIC_DB", str(small_release))
    return small_release


@pytest.fixture
def opened(published: Path) -> Opened:
    """opened('indicator', fy='2023') opens a public page by its link."""
    return opened_public


def opened_public(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(query)
    if page != "overview":
        app.switch_page(f"pages/public/{page}.py")
    app.run()
    assert [found.message for found in app.exception] == []
    return app


def by_town(app: AppTest) -> pd.DataFrame:
    return table_having(app, "団体コード", "分子").set_index("市区町村")


@pytest.mark.parametrize(("page", "title"), TITLES.items())
def test_a_public_page_says_what_it_shows_and_of_which_release(opened: Opened, page: str, title: str) -> None:
    app = opened(page)
    assert app.title[0].value.startswith(f"{title}：")
    shown = words(app)
    assert "データ時点：令和7年3月31日まで　第1回公表（令和7年6月2日）" in shown
    assert "架空データ" in shown
    assert "出典：" in shown
    (english,) = [fold for fold in app.expander if fold.label == "English summary"]
    assert "All figures are invented" in english.markdown[0].value


def test_the_table_tells_the_five_states_apart_and_leaves_nothing_blank(opened: Opened) -> None:
    table = by_town(opened("indicator", indicator="handover_rate"))
    shown = {name: tuple(row) for name, row in table.drop(columns=["団体コード", "95％信頼区間"]).iterrows()}
    assert shown == {
        "夕凪原市": ("80.0", "120", "150"),
        "青苑市": ("66.7（一部）", "40", "60"),
        "風待市": ("x", "x", "33"),
        "小鳩町": ("x", "x", "x"),
        "風花村": ("未提出", "未提出", "未提出"),
        "水琴町": ("-", "0", "0"),
        "北圏域": ("x", "x", "250"),
        "見本県": ("69.2（一部）", "180", "260"),
    }
    assert not table.map(lambda cell: cell.strip() == "").any(axis=None)


def test_zero_is_shown_as_zero_and_a_hidden_count_is_not(opened: Opened) -> None:
    table = by_town(opened("indicator", indicator="referrals_per_100k_month"))
    assert tuple(table.loc["小鳩町", ["値（件）", "分子"]]) == ("0.0", "0")
    assert tuple(table.loc["風待市", ["値（件）", "95％信頼区間", "分子", "分母"]]) == ("x", "x", "x", "60,000")


def test_rows_and_map_say_the_same_marks(opened: Opened) -> None:
    app = opened("indicator", indicator="handover_rate")
    rows = dict(re.findall(r"<tr[^>]*><th scope=row><a [^>]*>([^<]+)</a>.*?<td class=v>([^<]+)<span", html_of(app)))
    assert rows == {
        "夕凪原市": "80.0％", "青苑市": "66.7％（一部）", "風待市": "x", "小鳩町": "x", "風花村": "未提出", "水琴町": "-", "北圏域": "x",
    }  # fmt: skip
    (map_,) = [
        json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.component_name == "outline_map"
    ]
    drawn = {
        TOWNS[code]: (area["text"], area["fill"], area.get("partial", False)) for code, area in map_["areas"].items()
    }
    assert drawn["夕凪原市"] == ("80.0％（120 ／ 150件、95％信頼区間70.0～90.0）", theme.SCALE[-1], False)
    assert drawn["青苑市"][1:] == (theme.SCALE[0], True)
    assert drawn["風待市"] == drawn["小鳩町"] == ("x（個人が分からないよう伏せています）", "url(#hidden)", False)
    assert drawn["風花村"] == ("未提出（報告が届いていません）", "url(#not_sent)", False)
    assert drawn["水琴町"] == ("-（該当するものがありません）", theme.NOT_APPLICABLE, False)
    assert map_["absent"]["text"] == "未提出"
    legend = html_of(app)
    assert all(mark in legend for mark in ("秘匿（x）", "未提出", "一部の報告による値", "該当する件がない（-）"))


def test_the_prefecture_and_the_hidden_are_told_in_a_sentence(opened: Opened) -> None:
    shown = words(opened("indicator", indicator="handover_rate"))
    assert "見本県全体の令和6年度の値は69.2％（一部）（180 ／ 260件" in shown
    assert (
        "6市区町村のうち、値を示すもの2、個人が分からないよう伏せたもの（x）2、未提出1、該当なし（-）1です。" in shown
    )


def test_the_parts_of_a_breakdown_are_shown_with_their_own_marks(opened: Opened) -> None:
    parts = table_having(opened("indicator", indicator="handover_rate"), "紹介の方向").set_index("紹介の方向")
    assert tuple(parts.loc["困窮者支援側から", ["値（％）", "分子", "分母"]]) == ("x", "x", "120")
    assert tuple(parts.loc["孤独・孤立側から", ["値（％）", "分子", "分母"]]) == ("71.4", "100", "140")


def test_a_link_restores_indicator_year_month_part_and_place(opened: Opened) -> None:
    asked = {"indicator": "handover_rate", "fy": "2024", "month": "6", "part": "all", "area": "992054"}
    app = opened("indicator", **asked)
    assert choices(app) == {**asked, "month": 6}
    assert app.header[0].value == "市区町村別（令和6年6月）"
    assert "推移：風待市" in [one.value for one in app.header]
    series = table_having(app, "期間").set_index("期間")
    assert set(series["値（％）"]) == {"x"}


@pytest.mark.parametrize(
    "query", [{"fy": "1999"}, {"area": "131016"}, {"indicator": "<script>"}, {"part": "' or 1=1"}, {"month": "13"}]
)
def test_what_a_link_must_not_say_is_ignored(opened: Opened, query: dict[str, str]) -> None:
    assert choices(opened("indicator", **query)) == choices(opened("indicator"))


def test_a_combination_that_is_not_published_says_so(opened: Opened) -> None:
    app = opened("indicator", indicator="handover_rate", fy="2023", part="support_to_connection")
    assert "公表していない組合せです" in words(app)


def test_a_yearly_indicator_is_not_asked_for_a_month(opened: Opened) -> None:
    assert "month" not in choices(opened("indicator", indicator="platform_established"))


def test_the_overview_speaks_in_sentences_and_links_its_figures(opened: Opened) -> None:
    app = opened("overview")
    assert "令和6年度の「つなぎの実施率」は、県全体で69.2％（一部）（180 ／ 260件）でした。" in words(app)
    cards = html_of(app)
    assert 'href="indicator?indicator=handover_rate&amp;fy=2024"' in cards
    assert "0という意味ではありません" in words(app)


def test_cases_are_listed_by_theme_and_opened_by_link(opened: Opened) -> None:
    listed = opened("cases", theme="居場所づくり")
    assert "このうち「居場所づくり」は1件です。" in words(listed)
    assert "合同の相談会" not in html_of(listed)
    case = opened("cases", case="992011-1")
    assert "合同の相談会" in [one.value for one in case.header]
    assert "二つの窓口が互いを知らなかった。" in html_of(case)
    gone = opened("cases", case="999999-9")
    assert "公表をやめています" in gone.warning[0].value
    assert "合同の相談会" in html_of(gone)


def test_only_files_of_the_release_itself_can_be_saved(opened: Opened) -> None:
    app = opened("data")
    assert "CSVファイル1件" in words(app)
    labels = [one.proto.label for one in app.get("download_button")]
    assert [one for one in labels if "KB" in one] == ["つなぎの実施率（1KB）"]
    assert "CC BY 4.0" in words(app)
    assert "初めての公表です。" in words(app)
    assert "数値10件のうち2件を伏せました。伏せた数値など4件について、この公表の数値から計算で" in words(app)


def test_definitions_say_the_rule_of_hiding_in_figures(opened: Opened) -> None:
    app = opened("definitions")
    assert "1件から9件まで" in words(app)
    assert html_of(app).count("<details") == 3


def test_a_newer_release_and_a_withdrawal_are_seen_at_the_next_run(
    published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pointer = write_release(tmp_path)
    monkeypatch.setenv("RENKEI_PUBLIC_DB", str(pointer))
    app = opened_public("data")
    assert "第1回公表" in words(app)
    write_release(tmp_path, number=2, with_files=False)
    app.run()
    assert "第2回公表" in words(app)
    assert "オープンデータのファイルが付いていません" in words(app)
    pointer.unlink()
    app.run()
    assert not app.exception
    assert "公表したデータが取り下げられました" in words(app)
    assert len(app.get("download_button")) == 0


def test_a_pointer_may_be_a_text_file(published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_release(tmp_path)
    text = tmp_path / "pointer.duckdb"
    text.write_text("public-1/release.duckdb\n", encoding="utf-8")
    monkeypatch.setenv("RENKEI_PUBLIC_DB", str(text))
    assert "第1回公表" in words(opened_public("definitions"))
    text.write_text("public-9/release.duckdb\n", encoding="utf-8")
    assert "公表されたデータがまだありません" in words(opened_public("definitions"))


def test_the_public_audience_finds_no_internal_page(published: Path) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/internal/intake.py").run()
    assert "受付" not in " ".join(one.value for one in app.title)
    assert len(app.get("file_uploader")) == 0
    assert WHOLE not in words(app)
