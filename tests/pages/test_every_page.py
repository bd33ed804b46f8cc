"""What holds for every page: it opens, says what it shows, marks invented data, and follows its link."""

from __future__ import annotations

import pytest

from app import INTERNAL_PAGES
from tests.pages.conftest import Opened
from tests.pages.page_text import choices, words
from tests.sample_database import SampleDatabase

TITLES = {url: title for _, title, url, _ in INTERNAL_PAGES}
INVENTED = "架空データ"


@pytest.mark.parametrize(("page", "title"), TITLES.items())
def test_a_page_opens_and_says_what_it_shows(
    internal: SampleDatabase, open_page: Opened, page: str, title: str
) -> None:
    app = open_page(page)
    assert [one.value[: len(title)] for one in app.title] == [title]
    assert len(app.title[0].value) > len(title)


@pytest.mark.parametrize("page", [page for page in TITLES if page not in ("national", "dictionary", "definitions")])
def test_pages_of_the_fictional_prefecture_say_so(internal: SampleDatabase, open_page: Opened, page: str) -> None:
    assert INVENTED in words(open_page(page))


def test_the_national_page_is_real_and_carries_no_mark_of_invention(
    internal: SampleDatabase, open_page: Opened
) -> None:
    shown = words(open_page("national"))
    assert INVENTED not in shown
    assert "見本県" not in shown
    assert "実データ" in shown


@pytest.mark.parametrize("page", ["overview", "indicator", "national"])
def test_a_page_names_its_source(internal: SampleDatabase, open_page: Opened, page: str) -> None:
    assert "出典：" in words(open_page(page))


@pytest.mark.parametrize("page", ["overview", "indicator"])
def test_a_page_says_until_when_its_data_go(internal: SampleDatabase, open_page: Opened, page: str) -> None:
    assert "データ時点：令和7年3月31日まで" in words(open_page(page))


def test_a_link_sets_every_filter(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", fy="2023", month="6", indicator="handover_rate", area="992054")
    assert choices(app) == {"fy": 2023, "month": 6, "indicator": "handover_rate", "area": "992054"}
    assert app.title[0].value == "指標：つなぎの実施率"
    assert "令和5年6月" in words(app)
    assert "風待市" in words(app)


def test_a_link_to_the_national_page_sets_its_filters(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("national", survey_fy="2023", measure="plans", pref="13")
    assert choices(app) == {"survey_fy": 2023, "measure": "plans", "pref": "13"}
    assert "令和5年度" in words(app)
    assert "東京都のプラン作成件数" in words(app)


@pytest.mark.parametrize(
    "query",
    [
        {"fy": "1999"},
        {"month": "13"},
        {"indicator": "no_such_indicator"},
        {"area": "131016"},
        {"fy": "令和5年度", "month": "x", "indicator": "<script>", "area": "' or 1=1"},
    ],
)
def test_what_a_link_must_not_say_is_ignored(
    internal: SampleDatabase, open_page: Opened, query: dict[str, str]
) -> None:
    assert choices(open_page("indicator", **query)) == choices(open_page("indicator"))


def test_the_link_of_a_chosen_view_can_be_copied(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator")
    app.selectbox(key="fy").set_value(2023).run()
    app.selectbox(key="area").set_value("992011").run()
    assert app.query_params["fy"] == "2023"
    assert app.query_params["area"] == "992011"
    again = open_page("indicator", **app.query_params)
    assert choices(again) == choices(app)


def test_the_default_view_has_a_plain_link(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("indicator", fy="2023")
    app.selectbox(key="fy").set_value(2024).run()
    assert app.query_params == {}


def test_no_page_says_a_process_is_an_effect(internal: SampleDatabase, open_page: Opened) -> None:
    for page in TITLES:
        shown = words(open_page(page))
        assert "効果があ" not in shown
        assert "ワースト" not in shown
