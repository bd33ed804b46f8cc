"""A select box and the URL say the same, whoever changed what: the reader, the browser's history, or code."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from tests.sample_database import ROOT

SCRIPT = f"""
import sys

import streamlit as st

sys.path.insert(0, {str(ROOT)!r})
from ui.url import choose, url_select

YEARS, AREAS = [2024, 2023, 2022], ["", "992011", "992020"]


def first():
    st.text(f"{{url_select('年度', YEARS, 'fy', shown=str)}} {{url_select('市区町村', AREAS, 'area', shown=str) or 'all'}}")
    st.button("map", on_click=choose, args=("area", "992020"))
    st.button("nowhere", on_click=choose, args=("area", "131016"))
    st.button("year", on_click=choose, args=("fy", 2022))


def second():
    st.text(str(url_select("年度", YEARS, "fy", shown=str)))
    st.button("map", on_click=choose, args=("area", "992020"))


st.navigation([st.Page(first, title="first", default=True), st.Page(second, title="second")]).run()
"""


@pytest.fixture
def app(tmp_path: Path) -> AppTest:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    return AppTest.from_file(str(tmp_path / "script.py"), default_timeout=30)


def said(app: AppTest) -> str:
    assert [one.message for one in app.exception] == []
    return str(app.text[0].value)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_without_a_link_the_first_options_are_chosen_and_the_url_is_plain(app: AppTest) -> None:
    assert said(app.run()) == "2024 all"
    assert app.query_params == {}


def test_a_link_chooses(app: AppTest) -> None:
    app.query_params.update({"fy": "2023", "area": "992011"})
    assert said(app.run()) == "2023 992011"


def test_an_unknown_value_in_a_link_is_ignored_and_leaves_the_url(app: AppTest) -> None:
    app.query_params.update({"fy": "1999"})
    assert said(app.run()) == "2024 all"
    assert app.query_params == {}


def test_what_the_reader_chooses_is_written_into_the_url(app: AppTest) -> None:
    app.run().selectbox(key="fy").set_value(2023).run()
    assert said(app) == "2023 all"
    assert app.query_params == {"fy": "2023"}
    app.selectbox(key="fy").set_value(2024).run()
    assert app.query_params == {}


def test_a_click_chooses_in_the_box_and_in_the_url(app: AppTest) -> None:
    app.run()
    assert said(press(app, "map")) == "2024 992020"
    assert app.selectbox(key="area").value == "992020"
    assert app.query_params == {"area": "992020"}
    app.selectbox(key="area").set_value("992011").run()
    assert said(app) == "2024 992011"
    assert said(app.run()) == "2024 992011"
    assert app.query_params == {"area": "992011"}


def test_a_click_keeps_its_type(app: AppTest) -> None:
    app.run()
    assert said(press(app, "year")) == "2022 all"
    assert app.selectbox(key="fy").value == 2022


def test_a_click_on_what_is_no_option_changes_nothing(app: AppTest) -> None:
    app.run().selectbox(key="area").set_value("992011").run()
    assert said(press(app, "nowhere")) == "2024 992011"
    assert app.query_params == {"area": "992011"}


def test_a_changed_url_of_the_same_page_wins_over_the_box(app: AppTest) -> None:
    app.run().selectbox(key="fy").set_value(2023).run()
    app.run()
    app.query_params["fy"] = "2022"
    assert said(app.run()) == "2022 all"
    del app.query_params["fy"]
    assert said(app.run()) == "2024 all"


def test_a_second_change_sent_before_the_browser_knew_of_the_first_loses_nothing(app: AppTest) -> None:
    app.run().selectbox(key="fy").set_value(2023).run()
    assert app.query_params == {"fy": "2023"}
    del app.query_params["fy"]  # the browser sends the URL it still has
    app.selectbox(key="area").set_value("992011").run()
    assert said(app) == "2023 992011"
    assert app.query_params == {"fy": "2023", "area": "992011"}


def test_going_back_brings_the_url_over_what_the_box_holds(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    app.run().selectbox(key="fy").set_value(2023).run()
    del app.query_params["fy"]  # still among the values the browser may send of its own accord …
    original = RerunData.__init__  # … but this time it went back
    monkeypatch.setattr(
        RerunData, "__init__", lambda self, **named: original(self, **named | {"is_history_navigation": True})
    )
    assert said(app.run()) == "2024 all"
    assert app.query_params == {}
