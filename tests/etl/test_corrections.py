"""Corrections of single cells: shown in the core, never in the raw rows, and refused once they no longer fit."""

from datetime import date

import pytest

from etl import corrections
from etl.__main__ import main
from etl.corrections import CORRECTIONS_FILE, CorrectionMismatch, read_corrections
from etl.load import rebuild, undo

ENTRY = {
    "return": '"referral"',
    "municipality": '"072010"',
    "where": '{ referral_id = "A-1" }',
    "field": '"handover_date"',
    "from": '"R6.6.26"',
    "to": '"令和6年6月25日"',
    "reason": '"書き誤り"',
    "who": '"県福祉課"',
    "date": "2025-05-12",
}
CORE = "select referral_id, handover_date, contact_date, days_to_contact, result, recommended from core.referral"


@pytest.fixture
def correct(tmp_path, monkeypatch):
    """Writes corrections.toml: each entry is ENTRY with what is given replaced (None leaves it out)."""
    path = tmp_path / "corrections.toml"
    path.write_text("", encoding="utf-8")
    monkeypatch.setattr(corrections, "CORRECTIONS_FILE", path)

    def write(*entries):
        lines = []
        for changed in entries:
            lines.append("[[correction]]")
            lines += [f"{key} = {value}" for key, value in {**ENTRY, **changed}.items() if value is not None]
        path.write_text("\n".join(lines), encoding="utf-8")

    return write


def test_the_repository_s_own_list_can_be_read():
    assert isinstance(read_corrections(CORRECTIONS_FILE), list)


def test_a_correction_changes_the_core_and_leaves_the_raw_row(load, csv_of, referral, query, place, correct):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2"))})
    correct({})
    rebuild(place)
    assert query(f"{CORE} order by all") == [
        ("A-1", date(2024, 6, 25), date(2024, 7, 1), 6, "ongoing", True),
        ("A-2", date(2024, 6, 26), date(2024, 7, 1), 5, "ongoing", True),
    ]
    assert query("select distinct handover_date from raw.referral") == [(date(2024, 6, 26),)]
    assert query("select sum(days) from cube.duration where indicator_id = 'days_to_contact'") == [(11,)]


def test_without_corrections_the_view_is_the_raw_table(load, csv_of, referral, query, correct):
    load({"a.csv": csv_of(referral("A-1"))})
    assert query("select sql from duckdb_views() where schema_name = 'corrected' and view_name = 'referral'") == [
        ("CREATE VIEW corrected.referral AS SELECT r.* FROM raw.referral AS r;",)
    ]


def test_taking_an_entry_out_brings_the_received_value_back(load, csv_of, referral, query, place, correct):
    load({"a.csv": csv_of(referral("A-1"))})
    correct({})
    rebuild(place)
    correct()
    rebuild(place)
    assert query("select handover_date from core.referral") == [(date(2024, 6, 26),)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"field": '"result"', "from": '"支援中"', "to": '"終結"'}, ("A-1", date(2024, 6, 26), "closed", True)),
        ({"field": '"result"', "from": '"支援中"', "to": '""'}, ("A-1", date(2024, 6, 26), None, True)),
        ({"field": '"recommended"', "from": '"○"', "to": '"なし"'}, ("A-1", date(2024, 6, 26), "ongoing", False)),
        ({"from": '"2024/6/26"', "to": '""'}, ("A-1", None, "ongoing", True)),
        ({"from": "2024-06-26", "to": "2024-06-24"}, ("A-1", date(2024, 6, 24), "ongoing", True)),
    ],
)
def test_values_are_read_as_in_a_return(load, csv_of, referral, query, place, correct, changed, expected):
    load({"a.csv": csv_of(referral("A-1"))})
    correct(changed)
    rebuild(place)
    assert query("select referral_id, handover_date, result, recommended from core.referral") == [expected]


def test_an_empty_cell_can_be_filled(load, csv_of, referral, query, place, correct):
    load({"a.csv": csv_of(referral("A-1"))})
    correct({"field": '"plan_date"', "from": '""', "to": '"R6.7.20"'})
    rebuild(place)
    assert query("select plan_date from core.referral") == [(date(2024, 7, 20),)]


def test_a_row_may_have_several_fields_corrected(load, csv_of, referral, query, place, correct):
    load({"a.csv": csv_of(referral("A-1"), referral("A-2"))})
    second = {"field": '"result"', "from": '"支援中"', "to": '"終結"'}
    correct({}, second, {**second, "where": '{ referral_id = "A-2" }', "to": '"辞退"'})
    rebuild(place)
    assert query("select referral_id, handover_date, result from core.referral order by all") == [
        ("A-1", date(2024, 6, 25), "closed"),
        ("A-2", date(2024, 6, 26), "declined"),
    ]


def test_a_corrected_name_falls_into_its_own_category(load, csv_of, referral, query, place, correct):
    load({"a.csv": csv_of(referral("A-1"))})
    correct({"field": '"from_department"', "from": '"生活福祉課"', "to": '"市民税課"'})
    rebuild(place)
    assert query("select from_department from core.referral") == [("税務",)]


def test_a_meeting_is_named_by_its_number_and_organisation(load, csv_of, meeting, query, place, correct):
    load({"m.csv": csv_of(meeting(), meeting(参加機関="福島市民生委員"))})
    where = '{ meeting_id = "K-1", organisation = "福島市社会福祉協議会" }'
    correct({"return": '"meeting"', "where": where, "field": '"case_count"', "from": '"3件"', "to": '"5"'})
    rebuild(place)
    assert query("select case_count from corrected.meeting order by all") == [(3,), (5,)]
    assert query("select case_count from core.meeting") == [(5,)]


# ---- the guard


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"where": '{ referral_id = "A-9" }'}, "この行が0件あります"),
        ({"from": '"R6.6.27"'}, "受領した値が from と違います"),
        ({"from": '""'}, "受領した値が from と違います"),
        ({"to": '"R6.6.31"'}, "to の値は「つなぎ日」として読み取れません"),
        ({"to": '"=1+1"'}, "to の値は「つなぎ日」として読み取れません"),
        ({"to": '"R6.7.2"'}, "日付の順序が合いません"),
        ({"field": '"result"', "from": '"支援中"', "to": '"よくなった"'}, "to の値は「結果」として読み取れません"),
        ({"field": '"caught_date"', "from": '"R6.6.24"', "to": '""'}, "to の値は「把握日」として読み取れません"),
        ({"field": '"caught_date"', "from": '"R6.6.24"', "to": '"R6.5.24"'}, "--replace"),
        ({"field": '"referral_id"', "from": '"A-1"', "to": '"A-5"'}, "それ以外の項目"),
        ({"field": '"area_code"', "from": '"072010"', "to": '"072036"'}, "それ以外の項目"),
        ({"field": '"municipality"', "from": '"福島市"', "to": '"郡山市"'}, "それ以外の項目"),
        ({"field": '"nothing"'}, "それ以外の項目"),
        ({"where": '{ to_agency = "A-1" }'}, "where には referral_id を"),
        ({"where": '{ referral_id = "A-1", result = "支援中" }'}, "where には referral_id を"),
        ({"return": '"letter"'}, "この名前の様式はありません"),
    ],
)
def test_an_entry_that_does_not_fit_stops_the_build_and_is_named(
    load, csv_of, referral, place, bytes_of, correct, changed, told
):
    load({"a.csv": csv_of(referral("A-1"))})
    before = bytes_of(place.pointer.parent)
    correct(changed)
    with pytest.raises(CorrectionMismatch, match=r"etl/corrections\.toml の1番目") as stopped:
        rebuild(place)
    assert told in str(stopped.value)
    assert bytes_of(place.pointer.parent) == before


@pytest.mark.parametrize("key", list(ENTRY))
def test_an_entry_needs_all_of_its_parts(load, csv_of, referral, place, correct, key):
    load({"a.csv": csv_of(referral("A-1"))})
    correct({}, {key: None})
    with pytest.raises(CorrectionMismatch, match=rf"2番目：次の項目を確かめてください（{key}）"):
        rebuild(place)


def test_a_field_is_corrected_once(load, csv_of, referral, place, correct):
    load({"a.csv": csv_of(referral("A-1"))})
    correct({}, {"to": '"R6.6.24"'})
    with pytest.raises(CorrectionMismatch, match=r"2番目.*2回"):
        rebuild(place)


def test_an_entry_waits_for_its_municipality_and_for_its_return(load, csv_of, referral, meeting, query, correct):
    correct({})
    load({"m.csv": csv_of(meeting())})
    load({"k.csv": csv_of(referral("A-1", 団体コード="072036", 市区町村="郡山市"))})
    assert query("select handover_date from core.referral") == [(date(2024, 6, 26),)]
    load({"a.csv": csv_of(referral("A-1"))})
    assert query("select handover_date from core.referral order by all") == [(date(2024, 6, 25),), (date(2024, 6, 26),)]


def test_a_corrected_file_that_makes_an_entry_needless_is_not_loaded_until_it_is_out(
    load, csv_of, referral, query, place, correct
):
    load({"a.csv": csv_of(referral("A-1"))})
    correct({})
    rebuild(place)
    corrected = csv_of(referral("A-1", つなぎ日="R6.6.25"))
    with pytest.raises(CorrectionMismatch, match="取り除いてください"):
        load({"b.csv": corrected}, replace=True)
    assert query("select handover_date from raw.referral") == [(date(2024, 6, 26),)]
    correct()
    load({"b.csv": corrected}, replace=True)
    assert query("select handover_date from core.referral") == [(date(2024, 6, 25),)]


def test_undoing_the_load_of_a_corrected_row_asks_for_the_entry_first(load, csv_of, referral, place, correct):
    [first] = load({"a.csv": csv_of(referral("A-1"))})
    load({"b.csv": csv_of(referral("B-1"))})
    correct({})
    rebuild(place)
    with pytest.raises(CorrectionMismatch, match="この行が0件あります"):
        undo(place, first.load_id, "山田", "誤り")


def test_the_command_line_names_the_entry(load, csv_of, referral, place, correct, capsys):
    load({"a.csv": csv_of(referral("A-1"))})
    correct({"from": '"R6.6.27"'})
    assert main(["build", "--db", str(place.pointer)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("エラー：etl/corrections.toml の1番目（referral 072010 A-1 handover_date）")


def test_values_are_bound_and_not_run(load, csv_of, referral, query, place, correct):
    nasty = "'); drop table raw.referral; --"
    load({"a.csv": csv_of(referral("A-1", 紹介元部署="生活福祉課"))})
    correct({"field": '"from_department"', "from": '"生活福祉課"', "to": f'"{nasty}"'})
    rebuild(place)
    assert query("select from_department from corrected.referral") == [(nasty,)]
    assert query("select count(*) from raw.referral") == [(1,)]
