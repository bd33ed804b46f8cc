"""Adoptions entered at the desk reach the core and the indicator at the next build, and outlive the build folder."""

from datetime import date

import pytest

from desk import adoptions
from desk.adoptions import Adoption
from desk.records import Desk, DeskUnavailable, desk_url
from etl.__main__ import main
from etl.load import Order, load_files, rebuild

CASES = "市区町村,事例番号,事例名,更新日\n福島市,J-1,居場所づくり,2025/3/31\n"
CORE = "select area_code, example_id, example_area_code, stage, adopted_date::text, fiscal_year from core.adoption"
COUNTED = (
    "select period, breakdown, sum(numerator)::int, sum(denominator)::int from cube.count "
    "where indicator_id = 'example_adoption' group by all order by all"
)
ADOPTED = Adoption("072028", "072010", "J-1", "adopted", date(2025, 3, 31))


@pytest.fixture
def desk(place):
    return Desk(desk_url(place))


@pytest.fixture
def loaded(load, place):
    """A municipality's case, sent and built."""
    [receipt] = load({"事例.csv": CASES.encode()})
    assert receipt.outcome == "accepted"
    return place


def test_without_a_record_nothing_is_said_about_adoption(loaded, query):
    assert (query(CORE), query(COUNTED)) == ([], [])


def test_a_record_counts_after_a_build_and_an_undone_one_no_longer(loaded, query, desk, capsys):
    entered = adoptions.enter(desk, ADOPTED, "山田")
    adoptions.enter(desk, Adoption("072036", "072010", "J-1", "looked", date(2024, 4, 1)), "山田")
    assert main(["build", "--db", str(loaded.pointer)]) == 0
    capsys.readouterr()
    [(municipalities,)] = query("select count(*) from core.area")
    assert sorted(query(CORE)) == [
        ("072028", "J-1", "072010", "adopted", "2025-03-31", 2024),
        ("072036", "J-1", "072010", "looked", "2024-04-01", 2024),
    ]
    assert query(COUNTED) == [
        ("2024", "adopted", 1, municipalities), ("2024", "looked", 1, municipalities), ("2024", "tried", 0, municipalities),
    ]  # fmt: skip
    adoptions.undo(desk, entered.id, "山田")
    rebuild(loaded)
    assert query(CORE) == [("072036", "J-1", "072010", "looked", "2024-04-01", 2024)]
    assert query(COUNTED)[0] == ("2024", "adopted", 0, municipalities)


def test_a_municipality_of_another_prefecture_counts_nowhere(loaded, query, desk):
    adoptions.enter(desk, Adoption("131016", "072010", "J-1", "adopted", date(2024, 5, 1)), "山田")
    rebuild(loaded)
    assert (query(CORE), query(COUNTED)) == ([], [])


def test_records_outlive_the_database_and_count_in_the_next_load(loaded, load, query, desk):
    adoptions.enter(desk, ADOPTED, "山田")
    loaded.current().unlink()
    load({"年次.csv": "市区町村,年度,PF設置\n福島市,R6,有\n".encode()})
    assert [row[:2] for row in query(CORE)] == [("072028", "J-1")]


def test_a_desk_that_cannot_be_read_stops_the_build_and_leaves_the_version(loaded, query, desk, capsys):
    adoptions.enter(desk, ADOPTED, "山田")
    rebuild(loaded)
    before = loaded.current()
    for beside in loaded.desk_file.parent.glob(f"{loaded.desk_file.name}*"):
        beside.write_bytes(b"not a database" * 100)
    with pytest.raises(DeskUnavailable):
        rebuild(loaded)
    with pytest.raises(DeskUnavailable):
        load_files([], loaded, Order(received=date(2025, 4, 10)))
    assert main(["build", "--db", str(loaded.pointer)]) != 0
    assert "入力の記録" in capsys.readouterr().err
    assert loaded.current() == before
    assert len(query(CORE)) == 1


def test_a_case_without_a_day_belongs_to_the_year_in_which_it_came(load, query):
    load({"事例.csv": (CASES + "福島市,J-2,同行支援,\n").encode()}, received=date(2025, 4, 10))
    assert query("select example_id, fiscal_year from core.example order by 1") == [("J-1", 2024), ("J-2", 2025)]
    given = (
        "select period, sum(numerator)::int from cube.count "
        "where indicator_id = 'example_contribution' group by all order by all"
    )
    assert query(given) == [("2024", 1), ("2025", 1)]
