"""The invented cases: sheets of real substance that the intake takes, of municipalities that exist in 見本県 only."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from desk.cases import merged
from desk.records import Desk
from desk.search import Library
from desk.themes import themes, themes_of
from etl.check import Terms, check_file
from etl.declare import all_returns
from etl.load import register
from etl.sample.cases import PROSE, load_cases
from etl.sample.plan import load_plan
from etl.sample.town import code_list, load_towns
from etl.spelling.text import clean
from metrics.catalog import load_catalog
from metrics.store import Store

RECEIVED = date(2025, 4, 10)
MAY_BE_BLANK = {"indicators", "meeting_form", "challenges", "source"}


@pytest.fixture(scope="module")
def checked(demo):
    terms = Terms(register(), all_returns(), RECEIVED, "99", None)
    paths = [path for path in demo.paths if "_取組事例_" in path.name]
    return {path: check_file(path.read_bytes(), path.name, terms) for path in paths}


@pytest.fixture(scope="module")
def rows(checked):
    return [row for one in checked.values() for row in one.table.to_pylist()]


def test_every_case_passes_the_intake_without_a_problem(checked, rows):
    assert len(rows) == len(load_cases()) == 44
    for path, one in checked.items():
        assert (one.declared.id, one.refused, one.quarantined, list(one.problems)) == ("example", False, (), []), (
            path.name
        )


def test_more_than_half_of_the_municipalities_contribute_and_some_more_than_one(rows):
    of = Counter(row["area_code"] for row in rows)
    assert len(of) == 26
    assert Counter(of.values())[3] >= 2
    assert len({(row["area_code"], row["example_id"]) for row in rows}) == len(rows)


def test_they_come_as_books_and_one_as_text(checked):
    assert Counter(path.suffix for path in checked) == {".xlsx": 25, ".csv": 1}


def test_what_is_read_is_what_was_written(rows):
    read = {row["case_title"]: row for row in rows}
    for case in load_cases():
        row = read[clean(case["title"])]
        for key in set(PROSE.values()) - {"publication"}:
            assert (row[key] or "") == clean(case[key])
        assert (row["started_date"], row["updated_date"]) == (case["started"], case["updated"])


def test_only_what_life_leaves_blank_is_blank(rows):
    for name in set(PROSE.values()) - MAY_BE_BLANK:
        assert all(row[name] for row in rows), name
    blank = {name: sum(not row[name] for row in rows) for name in MAY_BE_BLANK}
    assert all(count > 0 for count in blank.values()) and blank["indicators"] < 5


def test_every_theme_has_cases_and_every_case_a_theme():
    found = Counter(theme for case in load_cases() for theme in themes_of(case["category"]))
    assert set(found) == {theme.id for theme in themes() if theme.words}
    assert min(found.values()) >= 3


def test_indicators_are_named_by_their_titles():
    titles = {indicator.title for indicator in load_catalog().values()}
    named = {title for case in load_cases() for title in case["indicators"].split("、") if title}
    assert named - titles == set()
    assert len(named) >= 10


def test_days_lie_where_the_invented_months_can_show_what_came_after():
    last = date.fromisoformat(f"{load_plan().months[-1]}-28")
    for case in load_cases():
        assert date(2023, 6, 1) <= case["started"] <= last - timedelta(days=90), case["title"]
        assert case["started"] < case["updated"] <= RECEIVED


def test_a_case_is_of_a_municipality_that_sends_something():
    silent = {town.code5 for town in load_towns("99", load_plan(), 1) if not town.months}
    known = {row["code5"] for row in code_list("99")}
    assert {case["town"] for case in load_cases()} <= known - silent


def test_answers_about_publication_are_mixed(rows):
    answers = Counter(row["publication"] for row in rows)
    assert set(answers) == {"yes", "no", "ask"} and min(answers.values()) >= 3


def test_outcomes_are_figures_with_a_time_and_never_called_an_effect(rows):
    for row in rows:
        assert re.search(r"\d", row["outcome"]) and re.search(r"年|月|現在", row["outcome"]), row["case_title"]
        assert not re.search("効果|おかげ|によって(増え|減)", row["outcome"]), row["case_title"]


def test_difficulties_are_told_as_fully_as_benefits(rows):
    told = {name: sum(len(row[name]) for row in rows) for name in ("difficulties", "benefits")}
    assert told["difficulties"] > told["benefits"]
    assert all(len(row["difficulties"]) >= 30 for row in rows)


def test_no_real_municipality_is_named(rows):
    names = [row["name"] for number in range(1, 48) for row in code_list(f"{number:02d}")]
    invented = [row["name"] for row in code_list("99")]
    prose = "\n".join(str(value) for row in rows for value in row.values())
    for name in invented:
        prose = prose.replace(name, "")
    assert [name for name in names if name in prose] == []


def test_no_sentence_is_used_twice(rows):
    long = Counter(
        sentence
        for row in rows
        for name in ("reason", "first_steps", "devices", "benefits", "difficulties")
        for sentence in row[name].split("。")
        if len(sentence) > 15
    )
    assert max(long.values()) == 1


def test_loaded_cases_reach_the_library_and_are_found(sample_database, tmp_path):
    """The whole way: file, database, cube, desk, search."""
    current = sample_database.place.current()
    with Store(current) as store:
        frame = store.examples()
    desk = Desk(f"sqlite:///{tmp_path}/desk.sqlite")
    cases = merged(frame.to_dict("records"), desk)
    assert Counter(case.area_code for case in cases) == {
        **{"992011": 3, "992038": 1, "992054": 1, "993026": 3, "993832": 1, "994014": 2},
    }
    assert {case.state for case in cases} == {"draft"} and {case.origin for case in cases} == {"return"}
    told = next(case for case in cases if case.key == "992011/J-01").sheet
    assert (told["started_date"], told["publication"]) == ("2024-04-15", "yes")
    hits = Library((case.key, case.texts) for case in cases).search("家庭訪問").hits
    assert hits[0].key == "992011/J-03"
