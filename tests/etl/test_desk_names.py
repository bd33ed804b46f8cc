"""Names sorted by hand at the desk count in every build, and outlive the build folder."""

import shutil
from datetime import date

import duckdb
import pytest

from desk import aliases
from desk.records import Desk, desk_url
from etl.load import Incoming, Order, load_files, preview_files, rebuild
from etl.organisations import sorter
from etl.store import DEFAULT_DATABASE, place_of

CORE = "select from_department, to_agency from core.referral order by all"


@pytest.fixture
def desk(place):
    return Desk(desk_url(place))


def unknown(receipt):
    return [problem["value"] for problem in receipt.problems if problem["rule"] == "organisation_unknown"]


def test_a_mapped_name_counts_after_a_rebuild_and_an_undone_one_no_longer(load, csv_of, referral, query, place, desk):
    [told] = load({"a.csv": csv_of(referral("A-1", 紹介元部署="ひだまり"))})
    assert unknown(told) == ["ひだまり"]
    assert query(CORE) == [("未分類", "自立相談支援機関")]
    mapped = aliases.map_name(desk, "ひだまり", "NPO", "山田")
    rebuild(place)
    assert query(CORE) == [("NPO", "自立相談支援機関")]
    assert query("select * from raw.organisation order by all") == [
        ("ひだまり", "NPO"), ("自立相談支援機関", "自立相談支援機関"),
    ]  # fmt: skip
    aliases.undo(desk, mapped.id, "山田")
    rebuild(place)
    assert query(CORE) == [("未分類", "自立相談支援機関")]


def test_a_mapped_name_is_no_longer_announced_and_counts_at_the_next_load(load, csv_of, referral, query, place, desk):
    aliases.map_name(desk, "ひだまり", "自立相談支援機関", "山田")
    data = csv_of(referral("A-1", 紹介元部署="市役所", 紹介先機関="ひだまり"))
    [told] = preview_files([Incoming("a.csv", data)], place, Order(received=date(2025, 4, 10)))
    assert unknown(told) == ["市役所"]
    [told] = load({"a.csv": data})
    assert unknown(told) == ["市役所"]
    assert query("select to_agency, direction from core.referral") == [("自立相談支援機関", "connection_to_support")]


def test_what_people_entered_outlives_the_build_folder(csv_of, referral, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RENKEI_DESK_URL", raising=False)
    place = place_of(DEFAULT_DATABASE)
    load_files(
        [Incoming("a.csv", csv_of(referral("A-1", 紹介元部署="ひだまり")))], place, Order(received=date(2025, 4, 10))
    )
    aliases.map_name(Desk(desk_url(place)), "ひだまり", "NPO", "山田")
    shutil.rmtree("data/build")
    rebuild(place)
    with duckdb.connect(str(place.current()), read_only=True) as con:
        assert con.execute("select from_department from core.referral").fetchall() == [("NPO",)]
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["build", "desk.sqlite", "inbox"]


def test_a_load_makes_no_desk(load, csv_of, referral, place):
    load({"a.csv": csv_of(referral("A-1"))})
    assert not place.desk_file.exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ひだまり", "NPO"),
        (" ひだまり　", "NPO"),  # as the alias table compares: spaces and look-alikes do not count
        ("ＡＢＣの会", "その他"),
        ("abcの会", "その他"),
        ("福祉課", "税務"),  # by hand goes before the table
        ("市民税課", "税務"),
        ("なごみ", "未分類"),  # a category that no longer exists does not count
        ("", "未記入"),
        (None, "未記入"),
    ],
)
def test_names_sorted_by_hand_go_before_the_alias_table(name, expected):
    by_hand = {"ひだまり": "NPO", "ABCの会": "その他", "福祉課": "税務", "なごみ": "昔の区分"}
    assert sorter(by_hand)(name) == expected


def test_the_latest_of_two_spellings_of_one_name_counts():
    assert sorter({"ＡＢＣ": "NPO", "ABC": "医療"})("abc") == "医療"
