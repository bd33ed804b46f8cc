"""Where the header stands and which column is which field."""

from etl.declare import all_returns
from etl.read import read_sheets
from etl.recognise import recognise


def layout_of(*lines: str):
    return recognise(read_sheets("\n".join(lines).encode(), "x.csv")[0], all_returns())


HEADER = "紹介番号,市区町村,把握日,結果"
ROW = "A-1,福島市,R6.6.24,支援中"


def test_a_header_in_the_first_row_is_found():
    layout = layout_of(HEADER, ROW)
    assert layout.declared.id == "referral"
    assert layout.first_record == 1
    assert layout.fields == {"referral_id": 0, "municipality": 1, "caught_date": 2, "result": 3}
    assert layout.titles == ()


def test_title_rows_above_the_header_are_kept_as_titles():
    layout = layout_of("令和6年6月分", "福島市,,,", "", HEADER, ROW)
    assert (layout.first_record, layout.titles) == (4, ("令和6年6月分", "福島市"))


def test_a_header_below_the_twentieth_row_is_not_looked_for():
    assert layout_of(*["表題"] * 20, HEADER, ROW) is None
    assert layout_of(*["表題"] * 19, HEADER, ROW).first_record == 20


def test_a_header_of_two_rows_is_read_from_top_to_bottom():
    layout = layout_of("紹介,市区町村,把握,紹介先", "番号,,日,機関", ROW)
    assert layout.first_record == 2
    assert layout.fields == {"referral_id": 0, "municipality": 1, "caught_date": 2, "to_agency": 3}
    assert layout.headings == ("紹介番号", "市区町村", "把握日", "紹介先機関")


def test_a_header_of_three_rows_with_groups_is_read():
    layout = layout_of("相談,相談,紹介先,", "番号等,受付,名称,日付", "整理番号,受付日,紹介先機関,つなぎ日", ROW)
    assert layout.first_record == 3
    assert set(layout.fields) == {"referral_id", "caught_date", "to_agency", "handover_date"}


def test_a_data_row_never_becomes_a_part_of_the_header():
    assert layout_of(HEADER, "結果,結果,R6.6.24,支援中", ROW).first_record == 1


def test_headings_are_compared_without_width_spaces_and_line_breaks():
    layout = layout_of('Ｎｏ．,"把 握 日\n（受付日）",市町村名', ROW)
    assert set(layout.fields) == {"referral_id", "caught_date", "municipality"}


def test_the_left_one_of_two_columns_with_one_meaning_is_used_and_the_other_told():
    layout = layout_of("紹介番号,把握日,受付日", "A,R6.6.24,R6.6.25")
    assert layout.fields["caught_date"] == 1
    assert layout.repeated == ("受付日",)
    assert layout.unmapped == (2,)


def test_a_meeting_register_is_told_from_a_referral_register():
    assert layout_of("会議体,開催日,参加機関,市区町村", "支援会議,R6.6.24,社協,福島市").declared.id == "meeting"


def test_missing_required_columns_are_named_by_their_official_heading():
    assert layout_of("紹介番号,市区町村,結果", "A,福島市,終結").missing == ("把握日",)


def test_a_sheet_without_headings_is_no_return():
    assert layout_of("A-1,福島市,R6.6.24", "A-2,福島市,R6.6.25") is None


def test_every_heading_and_alias_names_its_own_field():
    for declared in all_returns().values():
        for field in declared.fields:
            for heading in (field.heading, *field.aliases):
                needed = [*declared.required, declared.field("municipality")]  # one heading alone says too little
                others = [other for other in needed if other is not field]
                line = ",".join([heading, *(other.heading for other in others)])
                layout = layout_of(line, "1" + ",2" * len(others))
                assert layout.fields[field.name] == 0, heading
